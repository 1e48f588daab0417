using VoiceOrdering.Realtime.Simulator.Faults;
using VoiceOrdering.Realtime.Tests.Support;

namespace VoiceOrdering.Realtime.Tests;

/// <summary>Everything the provider can do wrong, and what the seam makes of it.</summary>
public sealed class FaultTests
{
    private static readonly ToolDefinition s_tool = new("add_item", "Adds an item.", """{"type":"object"}""");
    private static readonly SessionSettings s_text = new() { Modality = ResponseModality.Text, Tools = [s_tool] };

    [Fact]
    public async Task A_close_at_a_set_time_tells_its_code()
    {
        await using var bench = await Bench.StartAsync(
            SimulatorFaults.None with { CloseAfterMs = 50, CloseCode = 1001, CloseReason = "maintenance" });
        await using var session = await bench.ConnectAsync();

        var closed = await new EventLog(session).ToEndAsync();

        closed.ShouldBe(new SessionClosed(SessionCloseReason.ClosedByProvider, 1001, "maintenance"));
    }

    [Fact]
    public async Task The_session_cap_is_told_apart_from_other_closes()
    {
        await using var bench = await Bench.StartAsync(SimulatorFaults.None with { ExpireAfterMs = 50 });
        await using var session = await bench.ConnectAsync();
        var log = new EventLog(session);

        var closed = await log.ToEndAsync();

        closed.Expired.ShouldBeTrue();
        closed.CloseCode.ShouldBe(1001);
        var error = log.All<ProviderError>().Single();
        (error.Kind, error.Code).ShouldBe((ProviderErrorKind.Retriable, "SESSION_EXPIRED"));
    }

    [Fact]
    public async Task A_cut_connection_mid_answer_is_lost_without_a_code()
    {
        await using var bench = await Bench.StartAsync(SimulatorFaults.None with { DropAfterDeltas = 3 });
        await using var session = await bench.ConnectAsync();
        var log = new EventLog(session);
        await session.SendUserTextAsync("say 100");
        await session.CreateResponseAsync();

        var closed = await log.ToEndAsync();

        (closed.Reason, closed.CloseCode).ShouldBe((SessionCloseReason.ConnectionLost, 1006));
        log.All<ResponseEnded>().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_close_mid_answer_keeps_what_came_before()
    {
        await using var bench = await Bench.StartAsync(SimulatorFaults.None with { CloseAfterDeltas = 3, CloseCode = 1011 });
        await using var session = await bench.ConnectAsync();
        var log = new EventLog(session);
        await session.SendUserTextAsync("say 100");
        await session.CreateResponseAsync();

        var closed = await log.ToEndAsync();

        (closed.Reason, closed.CloseCode).ShouldBe((SessionCloseReason.ClosedByProvider, 1011));
        log.All<AudioDelta>().Count().ShouldBe(3);
    }

    [Fact]
    public async Task A_stalled_answer_goes_on_when_the_provider_does()
    {
        await using var bench = await Bench.StartAsync(SimulatorFaults.None with { StallAfterDeltas = 3 });
        await using var session = await bench.ConnectAsync();
        var log = new EventLog(session);
        await session.SendUserTextAsync("say 20");
        await session.CreateResponseAsync();
        for (var delta = 0; delta < 3; delta++)
        {
            await log.NextAsync<AudioDelta>();
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await Should.ThrowAsync<OperationCanceledException>(() => session.Events.ReadAsync(patience.Token).AsTask());
        bench.Control.Faults = SimulatorFaults.None;
        bench.Control.TryResume(session.SessionId).ShouldBeTrue();

        (await log.NextAsync<ResponseEnded>()).Status.ShouldBe(ResponseStatus.Completed);
    }

    [Fact]
    public async Task Slow_deltas_come_no_faster_than_told()
    {
        await using var bench = await Bench.StartAsync(SimulatorFaults.None with { DeltaDelayMs = 40 });
        await using var session = await bench.ConnectAsync();
        var log = new EventLog(session);
        await session.SendUserTextAsync("one two three");
        await session.CreateResponseAsync();
        await log.NextAsync<AudioDelta>();
        var first = TimeProvider.System.GetTimestamp();
        await log.NextAsync<ResponseEnded>();

        var deltas = log.All<AudioDelta>().Count() - 1;

        deltas.ShouldBeGreaterThan(5);
        TimeProvider.System.GetElapsedTime(first).TotalMilliseconds.ShouldBeGreaterThan(deltas * 40 * 0.8);
    }

    [Theory]
    [InlineData("rate_limit_exceeded", ProviderErrorKind.Retriable)]
    [InlineData("server_error", ProviderErrorKind.Retriable)]
    public async Task A_failed_answer_leaves_the_session_open_and_the_turn_unanswered(string code, ProviderErrorKind kind)
    {
        await using var bench = await Bench.StartAsync(SimulatorFaults.None with { FailResponses = 1, FailCode = code });
        await using var session = await bench.ConnectAsync(s_text);
        var log = new EventLog(session);
        await session.SendUserTextAsync("a cola");
        await session.CreateResponseAsync();
        var failed = await log.NextAsync<ResponseEnded>();

        await session.CreateResponseAsync();
        var answer = await log.NextAsync<TextDone>();

        failed.Status.ShouldBe(ResponseStatus.Failed);
        (failed.Error!.Kind, failed.Error.Code).ShouldBe((kind, code.ToUpperInvariant()));
        answer.Text.ShouldBe("You wrote: a cola.");
    }

    [Fact]
    public async Task No_quota_is_fatal_and_closes_the_socket()
    {
        await using var bench = await Bench.StartAsync(SimulatorFaults.None with { FailResponses = 1, FailCode = "insufficient_quota" });
        await using var session = await bench.ConnectAsync(s_text);
        var log = new EventLog(session);
        await session.SendUserTextAsync("a cola");
        await session.CreateResponseAsync();

        var closed = await log.ToEndAsync();

        closed.CloseCode.ShouldBe(1008);
        log.All<ResponseEnded>().Single().Error!.Kind.ShouldBe(ProviderErrorKind.Fatal);
        log.All<ProviderError>().Single().Kind.ShouldBe(ProviderErrorKind.Fatal);
    }

    [Fact]
    public async Task A_brain_that_throws_fails_the_answer_and_not_the_session()
    {
        await using var bench = await Bench.StartAsync();
        await using var session = await bench.ConnectAsync(s_text);
        var log = new EventLog(session);
        await session.SendUserTextAsync("fail");
        await session.CreateResponseAsync();

        var failed = await log.NextAsync<ResponseEnded>();

        (failed.Status, failed.Error!.Code).ShouldBe((ResponseStatus.Failed, "SERVER_ERROR"));
    }

    [Fact]
    public async Task A_repeated_function_call_is_reported_once_and_counted()
    {
        await using var bench = await Bench.StartAsync(SimulatorFaults.None with { DuplicateToolCalls = true });
        await using var session = await bench.ConnectAsync(s_text);
        var log = new EventLog(session);
        await session.SendUserTextAsync("call add_item {}");
        await session.CreateResponseAsync();

        await log.NextAsync<ResponseEnded>();

        log.All<ToolCallRequested>().Count().ShouldBe(1);
        session.Stats.DuplicateToolCalls.ShouldBe(1);
    }

    [Fact]
    public async Task An_answer_the_provider_makes_by_itself_after_a_tool_output_is_an_answer_like_any()
    {
        await using var bench = await Bench.StartAsync(SimulatorFaults.None with { RespondToToolOutput = true });
        await using var session = await bench.ConnectAsync(s_text);
        var log = new EventLog(session);
        await session.SendUserTextAsync("call add_item {}");
        await session.CreateResponseAsync();
        var call = await log.NextAsync<ToolCallRequested>();
        await log.NextAsync<ResponseEnded>();
        await session.SendToolOutputAsync(call.CallId, "ok");

        var started = await log.NextAsync<ResponseStarted>();

        started.ResponseId.ShouldNotBe(call.ResponseId);
        started.Metadata.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_late_transcript_comes_after_the_answer()
    {
        const RealtimeAudioFormat format = RealtimeAudioFormat.Pcmu;
        await using var bench = await Bench.StartAsync(SimulatorFaults.None with { TranscriptDelayMs = 400 });
        await using var session = await bench.ConnectAsync(new SessionSettings
        {
            InputFormat = format,
            Modality = ResponseModality.Text,
            TurnDetection = new TurnDetection.Manual(),
        });
        var log = new EventLog(session);
        session.AppendFrames(format, Speech.Tone(format, 300));
        await session.CommitAudioAsync();
        await session.CreateResponseAsync();

        await log.NextAsync<CallerTranscriptDone>();

        log.All<ResponseEnded>().Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_failed_transcript_is_told_and_the_turn_answered_all_the_same()
    {
        const RealtimeAudioFormat format = RealtimeAudioFormat.Pcma;
        await using var bench = await Bench.StartAsync(SimulatorFaults.None with { FailTranscripts = 1 });
        await using var session = await bench.ConnectAsync(new SessionSettings
        {
            InputFormat = format,
            Modality = ResponseModality.Text,
            TurnDetection = new TurnDetection.Manual(),
        });
        var log = new EventLog(session);
        session.AppendFrames(format, Speech.Tone(format, 300));
        await session.CommitAudioAsync();
        var failed = await log.NextAsync<CallerTranscriptFailed>();
        await session.CreateResponseAsync();

        var answer = await log.NextAsync<TextDone>();

        failed.Code.ShouldBe("AUDIO_UNINTELLIGIBLE");
        answer.Text.ShouldBe("I heard 300 ms of audio.");
    }

    [Fact]
    public async Task Beta_names_are_understood_and_counted()
    {
        await using var bench = await Bench.StartAsync(SimulatorFaults.None with { BetaNames = true });
        await using var session = await bench.ConnectAsync();
        var log = new EventLog(session);
        await session.SendUserTextAsync("hello");
        await session.CreateResponseAsync();

        await log.NextAsync<ResponseEnded>();

        log.All<ItemAdded>().Count().ShouldBe(2);
        log.All<AudioDelta>().ShouldNotBeEmpty();
        log.All<AssistantTranscriptDone>().Single().Transcript.ShouldBe("You wrote: hello.");
        session.Stats.BetaEventsMapped.ShouldBeGreaterThan(5);
        session.Stats.UnknownEvents.ShouldBe(0);
    }

    [Fact]
    public async Task Unknown_events_are_counted_and_harmless()
    {
        await using var bench = await Bench.StartAsync(SimulatorFaults.None with { UnknownEvents = true });
        await using var session = await bench.ConnectAsync(s_text);
        var log = new EventLog(session);
        await session.SendUserTextAsync("hello");
        await session.CreateResponseAsync();

        await log.NextAsync<ResponseEnded>();

        session.Stats.UnknownEvents.ShouldBe(1);
    }
}
