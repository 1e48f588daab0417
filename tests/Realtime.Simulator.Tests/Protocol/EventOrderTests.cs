using System.Text.Json;
using System.Text.Json.Nodes;
using VoiceOrdering.Media.Audio;

namespace VoiceOrdering.Realtime.Simulator.Tests.Protocol;

/// <summary>The documented order of events, raw.</summary>
public sealed class EventOrderTests
{
    private static readonly string[] s_interleaved =
        ["conversation.item.input_audio_transcription.delta", "conversation.item.input_audio_transcription.completed"];

    [Fact]
    public async Task One_spoken_turn_under_server_vad()
    {
        await using var simulator = await RealtimeSimulator.StartAsync(options => options.AudioSpeed = 100);
        await using var client = await RawClient.ConnectAsync(simulator);
        await UpdateAsync(client, new JsonObject
        {
            ["input"] = new JsonObject
            {
                ["format"] = new JsonObject { ["type"] = "audio/pcmu" },
                ["transcription"] = new JsonObject { ["model"] = "gpt-transcribe" },
            },
        });
        await client.AppendAsync(Tone(600));
        await client.AppendAsync(Quiet(700));

        var done = await client.NextAsync("response.done");

        var order = new List<string>();
        foreach (var type in client.Types().Except(s_interleaved).ToList())
        {
            order.Add(type);
        }

        string.Join(' ', order).ShouldBe(
            "session.created conversation.created session.updated input_audio_buffer.speech_started input_audio_buffer.speech_stopped " +
            "input_audio_buffer.committed conversation.item.added conversation.item.done response.created rate_limits.updated " +
            "response.output_item.added response.content_part.added response.output_audio_transcript.delta response.output_audio.delta " +
            "response.output_audio.done response.output_audio_transcript.done response.content_part.done response.output_item.done response.done");
        client.Types().Count(type => type == "conversation.item.added").ShouldBe(2);
        client.Types().Count(type => type == "conversation.item.done").ShouldBe(2);
        client.Seen.Select(happened => happened.GetProperty("event_id").GetString()).Distinct().Count().ShouldBe(client.Seen.Count);
        var response = done.GetProperty("response");
        response.GetProperty("status").GetString().ShouldBe("completed");
        response.GetProperty("output")[0].GetProperty("content")[0].GetProperty("transcript").GetString().ShouldStartWith("I heard ");
        response.GetRawText().ShouldNotContain("\"audio\":\""); // items are listed without their audio bytes
        Created(client).GetProperty("usage").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task A_function_call_comes_in_pieces_and_waits_for_its_output()
    {
        await using var simulator = await RealtimeSimulator.StartAsync();
        await using var client = await RawClient.ConnectAsync(simulator);
        await client.SendAsync("session.update", new JsonObject
        {
            ["session"] = new JsonObject
            {
                ["type"] = "realtime",
                ["output_modalities"] = new JsonArray("text"),
                ["tools"] = new JsonArray(new JsonObject { ["type"] = "function", ["name"] = "add", ["parameters"] = new JsonObject { ["type"] = "object" } }),
            },
        });
        await client.SendAsync(RefusalTests.Typed("""call add {"item":"a very long name of an item","count":2}"""));
        await client.SendAsync("response.create", []);
        await client.NextAsync("response.done");

        var types = client.Types().SkipWhile(type => type != "response.created").Distinct().ToList();

        string.Join(' ', types).ShouldBe(
            "response.created rate_limits.updated response.output_item.added conversation.item.added response.function_call_arguments.delta " +
            "response.function_call_arguments.done response.output_item.done conversation.item.done response.done");
        var done = client.Seen.Single(happened => happened.GetProperty("type").GetString() == "response.function_call_arguments.done");
        var pieces = client.Seen.Where(happened => happened.GetProperty("type").GetString() == "response.function_call_arguments.delta")
            .Select(happened => happened.GetProperty("delta").GetString());
        string.Concat(pieces).ShouldBe(done.GetProperty("arguments").GetString());
        done.TryGetProperty("content_index", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_truncated_item_has_lost_its_words()
    {
        await using var simulator = await RealtimeSimulator.StartAsync(options => options.AudioSpeed = 500);
        await using var client = await RawClient.ConnectAsync(simulator);
        await client.SendAsync(RefusalTests.Typed("hello"));
        await client.SendAsync("response.create", []);
        var itemId = (await client.NextAsync("response.output_audio.delta")).GetProperty("item_id").GetString();
        await client.NextAsync("response.done");
        await client.SendAsync("conversation.item.truncate", new JsonObject { ["item_id"] = itemId, ["content_index"] = 0, ["audio_end_ms"] = 120 });
        await client.NextAsync("conversation.item.truncated");
        await client.SendAsync("conversation.item.retrieve", new JsonObject { ["item_id"] = itemId });

        var item = (await client.NextAsync("conversation.item.retrieved")).GetProperty("item");

        item.GetProperty("content")[0].GetProperty("transcript").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task The_longest_answer_is_incomplete()
    {
        await using var simulator = await RealtimeSimulator.StartAsync(options => options.AudioSpeed = 500);
        await using var client = await RawClient.ConnectAsync(simulator);
        await client.SendAsync(RefusalTests.Typed("say 100"));
        await client.SendAsync("response.create", new JsonObject { ["response"] = new JsonObject { ["max_output_tokens"] = 50 } });

        var response = (await client.NextAsync("response.done")).GetProperty("response");

        response.GetProperty("status").GetString().ShouldBe("incomplete");
        response.GetProperty("status_details").GetProperty("reason").GetString().ShouldBe("max_output_tokens");
        response.GetProperty("usage").GetProperty("output_tokens").GetInt32().ShouldBeInRange(50, 60);
    }

    [Fact]
    public async Task Silence_of_the_caller_becomes_a_turn_after_the_idle_time_out()
    {
        await using var simulator = await RealtimeSimulator.StartAsync(options => options.AudioSpeed = 500);
        await using var client = await RawClient.ConnectAsync(simulator);
        await UpdateAsync(client, new JsonObject
        {
            ["input"] = new JsonObject { ["turn_detection"] = new JsonObject { ["type"] = "server_vad", ["idle_timeout_ms"] = 5000 } },
        });
        await client.SendAsync(RefusalTests.Typed("x"));
        await client.SendAsync("response.create", []);
        await client.NextAsync("response.done");

        await client.NextAsync("input_audio_buffer.timeout_triggered");
        await client.NextAsync("response.done");

        client.Types().Count(type => type == "response.created").ShouldBe(2);
    }

    internal static async Task UpdateAsync(RawClient client, JsonObject audio)
    {
        await client.SendAsync("session.update", new JsonObject
        {
            ["session"] = new JsonObject { ["type"] = "realtime", ["audio"] = audio },
        });
        await client.NextAsync("session.updated");
    }

    internal static byte[] Tone(int durationMs) =>
        [.. Enumerable.Range(0, durationMs * 8).Select(i => G711.EncodeMuLaw((short)(9000 * Math.Sin(i * 0.24))))];

    internal static byte[] Quiet(int durationMs)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, durationMs * 8).Select(_ => G711.EncodeMuLaw((short)random.Next(-12, 13)))];
    }

    private static JsonElement Created(RawClient client) =>
        client.Seen.Single(happened => happened.GetProperty("type").GetString() == "response.created").GetProperty("response");
}
