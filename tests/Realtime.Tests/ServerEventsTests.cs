using System.Text;
using VoiceOrdering.Realtime.OpenAi;

namespace VoiceOrdering.Realtime.Tests;

/// <summary>The wire as other endpoints write it.</summary>
public sealed class ServerEventsTests
{
    private readonly ServerEvents _events = new();

    [Fact]
    public void Audio_is_read_whatever_the_order_of_members_and_the_escaping()
    {
        var happened = Read("""{"delta":"+\/8\u002B","content_index":1,"nested":{"type":"x"},"item_id":"i","response_id":"r","type":"response.output_audio.delta"}""");

        var delta = happened.ShouldHaveSingleItem().ShouldBeOfType<AudioDelta>();
        (delta.ResponseId, delta.ItemId, delta.ContentIndex).ShouldBe(("r", "i", 1));
        delta.Audio.ToArray().ShouldBe(Convert.FromBase64String("+/8+"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("not json")]
    [InlineData("""{"type":"response.output_audio.delta","item_id":"i","delta":"!!"}""")]
    [InlineData("""{"type":"response.output_audio.delta","item_id":"i"}""")]
    [InlineData("""{"type":"input_audio_buffer.speech_started"}""")]
    [InlineData("""{"type":"response.done"}""")]
    [InlineData("""{"type":"response.done","response":5}""")]
    [InlineData("""{"type":"rate_limits.updated","rate_limits":7}""")]
    [InlineData("""{"type":7}""")]
    public void Broken_events_are_counted_and_leave_nothing(string wire)
    {
        Read(wire).ShouldBeEmpty();
        (_events.Malformed + _events.Unknown).ShouldBe(1);
    }

    [Fact]
    public void Random_garbage_never_throws()
    {
        var random = new Random(11);
        var garbage = new byte[64];
        for (var i = 0; i < 20_000; i++)
        {
            random.NextBytes(garbage);
            _events.Read(garbage.AsMemory(0, random.Next(garbage.Length)), []);
        }

        _events.Malformed.ShouldBeGreaterThan(19_000);
    }

    [Fact]
    public void A_mangled_real_event_never_throws()
    {
        var wire = Encoding.UTF8.GetBytes(
            """{"type":"response.done","response":{"id":"r","status":"completed","usage":{"input_token_details":{"text_tokens":1}},"output":[{"type":"function_call","call_id":"c","name":"n"}]}}""");
        var random = new Random(12);
        for (var i = 0; i < 20_000; i++)
        {
            var mangled = (byte[])wire.Clone();
            mangled[random.Next(mangled.Length)] = (byte)random.Next(32, 127);
            _events.Read(mangled, []);
        }
    }

    [Fact]
    public void An_interrupted_function_call_is_not_reported()
    {
        Read("""{"type":"response.output_item.done","response_id":"r","item":{"type":"function_call","id":"i","call_id":"c","name":"n","arguments":"{\"a","status":"incomplete"}}""").ShouldBeEmpty();
        Read("""{"type":"response.done","response":{"id":"r","status":"cancelled","output":[{"type":"function_call","call_id":"c","name":"n","arguments":"{"}]}}""")
            .ShouldHaveSingleItem().ShouldBeOfType<ResponseEnded>();
    }

    [Fact]
    public void A_call_only_the_final_list_holds_is_reported_before_the_end()
    {
        var happened = Read("""{"type":"response.done","response":{"id":"r","status":"completed","output":[{"type":"function_call","id":"i","call_id":"c","name":"n","arguments":"{}"}]}}""");

        happened[0].ShouldBe(new ToolCallRequested("r", "i", "c", "n", "{}"));
        happened[1].ShouldBeOfType<ResponseEnded>();
        _events.DuplicateCalls.ShouldBe(0);
    }

    [Fact]
    public void A_legacy_created_after_added_is_one_item()
    {
        Read("""{"type":"conversation.item.added","previous_item_id":null,"item":{"id":"i","type":"message","role":"user"}}""").Count.ShouldBe(1);
        Read("""{"type":"conversation.item.created","previous_item_id":null,"item":{"id":"i","type":"message","role":"user"}}""").ShouldBeEmpty();
        _events.BetaMapped.ShouldBe(0);
    }

    [Fact]
    public void Usage_is_read_as_the_provider_documents_it()
    {
        var ended = Read("""
            {"type":"response.done","response":{"id":"r","status":"completed","status_details":null,"output":[],"usage":{"total_tokens":253,
            "input_tokens":132,"output_tokens":121,"input_token_details":{"text_tokens":119,"audio_tokens":13,"image_tokens":0,"cached_tokens":64,
            "cached_tokens_details":{"text_tokens":64,"audio_tokens":0,"image_tokens":0}},"output_token_details":{"text_tokens":30,"audio_tokens":91}}}}
            """).ShouldHaveSingleItem().ShouldBeOfType<ResponseEnded>();

        var usage = ended.Usage!.Value;
        (usage.InputTokens, usage.OutputTokens, usage.TotalTokens, usage.CachedTextTokens).ShouldBe((132, 121, 253, 64));
    }

    [Theory]
    [InlineData("insufficient_quota", "invalid_request_error", ProviderErrorKind.Fatal)]
    [InlineData("invalid_api_key", null, ProviderErrorKind.Fatal)]
    [InlineData("session_expired", "invalid_request_error", ProviderErrorKind.Retriable)]
    [InlineData("inference_rate_limit_exceeded", null, ProviderErrorKind.Retriable)]
    [InlineData(null, "server_error", ProviderErrorKind.Retriable)]
    [InlineData("invalid_value", "invalid_request_error", ProviderErrorKind.Bug)]
    [InlineData(null, null, ProviderErrorKind.Bug)]
    public void Errors_are_sorted_by_whose_move_it_is(string? code, string? type, ProviderErrorKind kind)
    {
        var wire = $$$"""{"type":"error","error":{"code":{{{Quote(code)}}},"type":{{{Quote(type)}}},"message":"m","event_id":"vo.3.response.create"}}""";

        var error = Read(wire).ShouldHaveSingleItem().ShouldBeOfType<ProviderError>();

        (error.Kind, error.Verb).ShouldBe((kind, "response.create"));
        error.Code.ShouldBe((code ?? type ?? "unknown_provider_error").ToUpperInvariant());
    }

    private static string Quote(string? value) => value is null ? "null" : $"\"{value}\"";

    private List<RealtimeEvent> Read(string wire)
    {
        var happened = new List<RealtimeEvent>();
        _events.Read(Encoding.UTF8.GetBytes(wire), happened);
        return happened;
    }
}
