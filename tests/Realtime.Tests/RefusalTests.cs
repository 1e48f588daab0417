using VoiceOrdering.Realtime.Tests.Support;

namespace VoiceOrdering.Realtime.Tests;

/// <summary>What the provider refuses comes back with the verb that caused it, and the session goes on.</summary>
public sealed class RefusalTests
{
    [Fact]
    public async Task Each_refusal_names_its_verb_and_code()
    {
        await using var bench = await Bench.StartAsync(configure: options => options.AudioSpeed = 4);
        await using var session = await bench.ConnectAsync(new SessionSettings { TurnDetection = new TurnDetection.Manual() });
        var log = new EventLog(session);

        await session.CommitAudioAsync();
        await ExpectAsync(log, "INPUT_AUDIO_BUFFER_COMMIT_EMPTY", "input_audio_buffer.commit");
        await session.CancelResponseAsync();
        await ExpectAsync(log, "RESPONSE_CANCEL_NOT_ACTIVE", "response.cancel");
        await session.TruncateAsync("item_none", 0, 10);
        await ExpectAsync(log, "ITEM_TRUNCATE_INVALID_ITEM_ID", "conversation.item.truncate");
        await session.DeleteItemAsync("item_none");
        await ExpectAsync(log, "ITEM_DELETE_INVALID_ITEM_ID", "conversation.item.delete");
        await session.SendToolOutputAsync("call_none", "x");
        await ExpectAsync(log, "INVALID_TOOL_CALL_ID", "conversation.item.create");
        await session.SendUserTextAsync("say 50", "typed");
        await session.TruncateAsync("typed", 0, 10);
        await ExpectAsync(log, "UNSUPPORTED_CONTENT_TYPE", "conversation.item.truncate");

        await session.CreateResponseAsync();
        await session.CreateResponseAsync();
        await ExpectAsync(log, "CONVERSATION_ALREADY_HAS_ACTIVE_RESPONSE", "response.create");
        var audio = await log.NextAsync<AudioDelta>();
        await session.TruncateAsync(audio.ItemId, 0, 3_600_000);
        await ExpectAsync(log, "INVALID_VALUE", "conversation.item.truncate");
        var voice = await Should.ThrowAsync<RealtimeException>(() => session.ConfigureAsync(new SessionSettings { Voice = "cedar" }));
        (voice.Kind, voice.Code).ShouldBe((ProviderErrorKind.Bug, "CANNOT_UPDATE_VOICE"));

        await session.CancelResponseAsync();
        (await log.NextAsync<ResponseEnded>()).Status.ShouldBe(ResponseStatus.Cancelled);
    }

    [Fact]
    public async Task Arguments_over_a_limit_are_refused_before_the_wire()
    {
        await using var bench = await Bench.StartAsync();
        await using var session = await bench.ConnectAsync();
        var sent = session.Stats.MessagesSent;

        await RefusedAsync(() => session.SendUserTextAsync(new string('a', 32_769)));
        await RefusedAsync(() => session.SendUserTextAsync("x", new string('i', 33)));
        await RefusedAsync(() => session.SendToolOutputAsync("call", new string('a', 131_073)));
        await RefusedAsync(() => session.TruncateAsync("item", 0, -1));
        Should.Throw<RealtimeException>(() => session.AppendAudio([])).Code.ShouldBe(RealtimeErrorCodes.InvalidArgument);

        session.Stats.MessagesSent.ShouldBe(sent);
    }

    private static async Task RefusedAsync(Func<ValueTask> verb)
    {
        var refused = await Should.ThrowAsync<RealtimeException>(() => verb().AsTask());
        (refused.Kind, refused.Code).ShouldBe((ProviderErrorKind.Bug, RealtimeErrorCodes.InvalidArgument));
    }

    private static async Task ExpectAsync(EventLog log, string code, string verb)
    {
        var error = await log.NextAsync<ProviderError>();
        (error.Code, error.Verb, error.Kind).ShouldBe((code, verb, ProviderErrorKind.Bug));
        error.Message.ShouldNotBeEmpty();
    }
}
