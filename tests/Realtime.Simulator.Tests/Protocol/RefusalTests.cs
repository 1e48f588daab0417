using System.Net.WebSockets;
using System.Text.Json.Nodes;

namespace VoiceOrdering.Realtime.Simulator.Tests.Protocol;

/// <summary>Every refusal clients depend on, with its code and words; the socket stays open.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData("{", "invalid_event", null)]
    [InlineData("[]", "missing_required_parameter", "type")]
    [InlineData("{}", "missing_required_parameter", "type")]
    [InlineData("""{"type":"no.such.event"}""", "invalid_value", "type")]
    [InlineData("""{"type":"output_audio_buffer.clear"}""", "invalid_value", "type")]
    [InlineData("""{"type":"session.update"}""", "missing_required_parameter", "session")]
    [InlineData("""{"type":"session.update","session":{}}""", "missing_required_parameter", "session.type")]
    [InlineData("""{"type":"session.update","session":{"type":"transcription"}}""", "invalid_value", "session.type")]
    [InlineData("""{"type":"session.update","session":{"type":"realtime","voice":"alloy"}}""", "unknown_parameter", "session.voice")]
    [InlineData("""{"type":"session.update","session":{"type":"realtime","model":"other"}}""", "invalid_value", "session.model")]
    [InlineData("""{"type":"session.update","session":{"type":"realtime","output_modalities":["audio","text"]}}""", "invalid_value", "session.output_modalities")]
    [InlineData("""{"type":"session.update","session":{"type":"realtime","max_output_tokens":5000}}""", "invalid_value", "session.max_output_tokens")]
    [InlineData("""{"type":"session.update","session":{"type":"realtime","audio":{"input":{"format":{"type":"audio/opus"}}}}}""", "invalid_value", "session.audio.input.format")]
    [InlineData("""{"type":"session.update","session":{"type":"realtime","audio":{"input":{"format":{"type":"audio/pcm","rate":16000}}}}}""", "invalid_value", "session.audio.input.format.rate")]
    [InlineData("""{"type":"session.update","session":{"type":"realtime","audio":{"output":{"speed":2}}}}""", "invalid_value", "session.audio.output.speed")]
    [InlineData("""{"type":"session.update","session":{"type":"realtime","audio":{"input":{"turn_detection":{"type":"server_vad","idle_timeout_ms":1}}}}}""", "invalid_value", "session.audio.input.turn_detection.idle_timeout_ms")]
    [InlineData("""{"type":"session.update","session":{"type":"realtime","tools":[{"type":"function"}]}}""", "missing_required_parameter", "session.tools[0].name")]
    [InlineData("""{"type":"input_audio_buffer.append"}""", "missing_required_parameter", "audio")]
    [InlineData("""{"type":"input_audio_buffer.append","audio":"!"}""", "invalid_value", "audio")]
    [InlineData("""{"type":"input_audio_buffer.commit"}""", "input_audio_buffer_commit_empty", null)]
    [InlineData("""{"type":"conversation.item.create"}""", "missing_required_parameter", "item")]
    [InlineData("""{"type":"conversation.item.create","item":{"type":"message","role":"user","content":[{"type":"output_text","text":"x"}]}}""", "invalid_value", "item.content[0].type")]
    [InlineData("""{"type":"conversation.item.create","item":{"type":"message","role":"assistant","content":[{"type":"output_audio","audio":""}]}}""", "invalid_value", "item.content[0].type")]
    [InlineData("""{"type":"conversation.item.create","item":{"type":"message","id":"123456789012345678901234567890123","role":"user","content":[{"type":"input_text","text":"x"}]}}""", "string_above_max_length", "item.id")]
    [InlineData("""{"type":"conversation.item.create","previous_item_id":"no","item":{"type":"message","role":"user","content":[{"type":"input_text","text":"x"}]}}""", "item_create_invalid_previous_item_id", "previous_item_id")]
    [InlineData("""{"type":"conversation.item.create","item":{"type":"function_call_output","call_id":"no","output":"x"}}""", "invalid_tool_call_id", "item.call_id")]
    [InlineData("""{"type":"conversation.item.delete","item_id":"no"}""", "item_delete_invalid_item_id", "item_id")]
    [InlineData("""{"type":"conversation.item.retrieve","item_id":"no"}""", "item_retrieve_invalid_item_id", "item_id")]
    [InlineData("""{"type":"conversation.item.truncate","item_id":"no","content_index":0,"audio_end_ms":0}""", "item_truncate_invalid_item_id", "item_id")]
    [InlineData("""{"type":"response.cancel"}""", "response_cancel_not_active", null)]
    [InlineData("""{"type":"response.cancel","response_id":"no"}""", "response_cancel_not_active", null)]
    [InlineData("""{"type":"response.create","response":{"output_modalities":["audio","text"]}}""", "invalid_value", "session.output_modalities")]
    public async Task What_is_wrong_is_named_and_the_socket_stays_open(string json, string code, string? param)
    {
        await using var simulator = await RealtimeSimulator.StartAsync();
        await using var client = await RawClient.ConnectAsync(simulator);

        var error = await client.RefusedAsync(json);

        error.GetProperty("code").GetString().ShouldBe(code);
        error.GetProperty("param").GetString().ShouldBe(param);
        error.GetProperty("type").GetString().ShouldBe("invalid_request_error");
        error.GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
        await client.SendAsync("input_audio_buffer.clear", []);
        await client.NextAsync("input_audio_buffer.cleared");
    }

    [Fact]
    public async Task The_words_clients_look_for_are_there()
    {
        await using var simulator = await RealtimeSimulator.StartAsync(options => options.AudioSpeed = 1);
        await using var client = await RawClient.ConnectAsync(simulator);
        await client.SendAsync("session.update", new JsonObject
        {
            ["session"] = new JsonObject
            {
                ["type"] = "realtime",
                ["audio"] = new JsonObject { ["input"] = new JsonObject { ["turn_detection"] = null, ["format"] = new JsonObject { ["type"] = "audio/pcmu" } } },
            },
        });
        await client.AppendAsync(new byte[400]);

        (await MessageAsync(client, """{"type":"input_audio_buffer.commit"}"""))
            .ShouldEndWith("Expected at least 100ms of audio, but buffer only has 50.00ms of audio.");
        (await MessageAsync(client, """{"type":"response.cancel"}""")).ShouldBe("Cancellation failed: no active response found");
        await client.SendAsync(Typed("say 100"));
        await client.SendAsync("response.create", []);
        var running = (await client.NextAsync("response.created")).GetProperty("response").GetProperty("id").GetString();
        (await MessageAsync(client, """{"type":"response.create"}""")).ShouldContain($"already has an active response in progress: {running}");
        var itemId = (await client.NextAsync("response.output_audio.delta")).GetProperty("item_id").GetString();
        (await MessageAsync(client, $$"""{"type":"conversation.item.truncate","item_id":"{{itemId}}","content_index":0,"audio_end_ms":999999}"""))
            .ShouldMatch(@"^Audio content of \d+ms is already shorter than 999999ms$");
    }

    [Fact]
    public async Task Only_errors_carry_the_clients_event_id()
    {
        await using var simulator = await RealtimeSimulator.StartAsync();
        await using var client = await RawClient.ConnectAsync(simulator);

        var error = await client.RefusedAsync("""{"type":"response.cancel","event_id":"mine"}""");
        var tooLong = await client.RefusedAsync($$"""{"type":"response.cancel","event_id":"{{new string('e', 513)}}"}""");

        error.GetProperty("event_id").GetString().ShouldBe("mine");
        tooLong.GetProperty("code").GetString().ShouldBe("string_above_max_length");
    }

    [Fact]
    public async Task A_binary_frame_is_an_invalid_event()
    {
        await using var simulator = await RealtimeSimulator.StartAsync();
        await using var client = await RawClient.ConnectAsync(simulator);
        await client.SendAsync([1, 2, 3], WebSocketMessageType.Binary);

        (await client.NextAsync("error")).GetProperty("error").GetProperty("code").GetString().ShouldBe("invalid_event");
    }

    [Fact]
    public async Task A_message_over_the_limit_closes_with_1009()
    {
        await using var simulator = await RealtimeSimulator.StartAsync(options => options.MaxMessageBytes = 65_536);
        await using var client = await RawClient.ConnectAsync(simulator);
        await client.SendAsync(new string(' ', 100_000));

        while (await client.ReceiveAsync() is not null)
        {
        }

        client.Socket.CloseStatus.ShouldBe(WebSocketCloseStatus.MessageTooBig);
    }

    [Fact]
    public async Task A_conversation_has_a_longest_length()
    {
        await using var simulator = await RealtimeSimulator.StartAsync(options => options.MaxItems = 16);
        await using var client = await RawClient.ConnectAsync(simulator);
        for (var i = 0; i < 16; i++)
        {
            await client.SendAsync(Typed($"line {i}"));
        }

        (await client.RefusedAsync(Typed("one more"))).GetProperty("code").GetString().ShouldBe("conversation_too_long");
    }

    internal static string Typed(string text) => new JsonObject
    {
        ["type"] = "conversation.item.create",
        ["item"] = new JsonObject
        {
            ["type"] = "message",
            ["role"] = "user",
            ["content"] = new JsonArray(new JsonObject { ["type"] = "input_text", ["text"] = text }),
        },
    }.ToJsonString();

    private static async Task<string> MessageAsync(RawClient client, string json) =>
        (await client.RefusedAsync(json)).GetProperty("message").GetString()!;
}
