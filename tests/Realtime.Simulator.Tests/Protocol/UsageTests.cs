using System.Text.Json;
using System.Text.Json.Nodes;

namespace VoiceOrdering.Realtime.Simulator.Tests.Protocol;

/// <summary>Tokens as the provider bills them.</summary>
public sealed class UsageTests
{
    [Fact]
    public async Task Caller_audio_is_ten_tokens_a_second_and_assistant_audio_twenty()
    {
        await using var simulator = await RealtimeSimulator.StartAsync(options => options.AudioSpeed = 1000);
        await using var client = await ManualAsync(simulator);
        await client.AppendAsync(EventOrderTests.Tone(3000));
        await client.SendAsync("input_audio_buffer.commit", []);

        var usage = await AnswerAsync(client);

        var spokenMs = client.Seen.Where(happened => happened.GetProperty("type").GetString() == "response.output_audio.delta")
            .Sum(happened => happened.GetProperty("delta").GetBytesFromBase64().Length) / 48;
        Tokens(usage, "input_token_details", "audio_tokens").ShouldBe(30);
        Tokens(usage, "output_token_details", "audio_tokens").ShouldBe((spokenMs + 49) / 50);
        usage.GetProperty("total_tokens").GetInt32().ShouldBe(
            usage.GetProperty("input_tokens").GetInt32() + usage.GetProperty("output_tokens").GetInt32());
    }

    [Fact]
    public async Task What_was_read_before_is_cached_as_part_of_the_input()
    {
        await using var simulator = await RealtimeSimulator.StartAsync(options => options.AudioSpeed = 1000);
        await using var client = await ManualAsync(simulator);
        await InstructAsync(client, new string('m', 4000));
        await client.AppendAsync(EventOrderTests.Tone(10_000));
        await client.SendAsync("input_audio_buffer.commit", []);

        var first = await AnswerAsync(client);
        var second = await AnswerAsync(client);

        Cached(first).ShouldBe((0, 0));
        var (text, audio) = Cached(second);
        (text % 64, audio % 64).ShouldBe((0, 0));
        text.ShouldBeInRange(960, Tokens(second, "input_token_details", "text_tokens"));
        audio.ShouldBe(64); // 100 tokens of caller audio were read before
        second.GetProperty("input_token_details").GetProperty("cached_tokens").GetInt32().ShouldBe(text + audio);
    }

    [Fact]
    public async Task A_prompt_another_session_has_read_is_cached_from_the_first_answer_on()
    {
        await using var simulator = await RealtimeSimulator.StartAsync(options => options.AudioSpeed = 1000);
        await using var earlier = await ManualAsync(simulator);
        await InstructAsync(earlier, new string('m', 4000));
        await AnswerAsync(earlier);
        await using var client = await ManualAsync(simulator);
        await InstructAsync(client, new string('m', 4000));

        Cached(await AnswerAsync(client)).Text.ShouldBe(960); // 4000 characters and an empty tool list: 1001 tokens, in steps of 64
    }

    [Fact]
    public async Task A_cancelled_answer_carries_usage()
    {
        await using var simulator = await RealtimeSimulator.StartAsync(options => options.AudioSpeed = 1);
        await using var client = await ManualAsync(simulator);
        await client.SendAsync(RefusalTests.Typed("say 100"));
        await client.SendAsync("response.create", []);
        await client.NextAsync("response.output_audio.delta");
        await client.SendAsync("response.cancel", []);

        var response = (await client.NextAsync("response.done")).GetProperty("response");

        response.GetProperty("status").GetString().ShouldBe("cancelled");
        Tokens(response.GetProperty("usage"), "output_token_details", "audio_tokens").ShouldBeGreaterThan(0);
    }

    private static async Task<RawClient> ManualAsync(RealtimeSimulator simulator)
    {
        var client = await RawClient.ConnectAsync(simulator);
        await EventOrderTests.UpdateAsync(client, new JsonObject
        {
            ["input"] = new JsonObject { ["turn_detection"] = null, ["format"] = new JsonObject { ["type"] = "audio/pcmu" } },
        });
        return client;
    }

    private static Task InstructAsync(RawClient client, string instructions) => client.SendAsync("session.update", new JsonObject
    {
        ["session"] = new JsonObject { ["type"] = "realtime", ["instructions"] = instructions },
    });

    private static async Task<JsonElement> AnswerAsync(RawClient client)
    {
        await client.SendAsync("response.create", []);
        return (await client.NextAsync("response.done")).GetProperty("response").GetProperty("usage");
    }

    private static int Tokens(JsonElement usage, string details, string name) =>
        usage.GetProperty(details).GetProperty(name).GetInt32();

    private static (int Text, int Audio) Cached(JsonElement usage)
    {
        var cached = usage.GetProperty("input_token_details").GetProperty("cached_tokens_details");
        return (cached.GetProperty("text_tokens").GetInt32(), cached.GetProperty("audio_tokens").GetInt32());
    }
}
