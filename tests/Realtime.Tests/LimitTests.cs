using VoiceOrdering.Realtime.OpenAi;
using VoiceOrdering.Realtime.Tests.Support;

namespace VoiceOrdering.Realtime.Tests;

/// <summary>Every queue has an end, and reaching it is told.</summary>
public sealed class LimitTests
{
    [Fact]
    public void Audio_over_the_limit_is_dropped_and_counted_while_verbs_still_pass()
    {
        var queue = new SendQueue(maxAudioFrames: 3, maxVerbs: 2);
        var frame = new byte[160];

        var taken = Enumerable.Range(0, 5).Select(_ => queue.TryAppend(frame)).ToList();

        taken.ShouldBe([true, true, true, false, false]);
        queue.FramesDropped.ShouldBe(2);
        queue.Send([1]);
        queue.Send([1]);
        Should.Throw<RealtimeException>(() => queue.Send([1])).Code.ShouldBe(RealtimeErrorCodes.SendQueueFull);
        queue.VerbsRefused.ShouldBe(1);
    }

    [Fact]
    public async Task A_reader_that_stops_holds_the_socket_and_loses_nothing()
    {
        await using var bench = await Bench.StartAsync(configure: options => options.AudioSpeed = 1000);
        bench.Options.MaxQueuedEvents = 16;
        await using var session = await bench.ConnectAsync(new SessionSettings { OutputFormat = RealtimeAudioFormat.Pcmu });
        await session.SendUserTextAsync("say 100");
        await session.CreateResponseAsync();
        var log = new EventLog(session);

        var ended = await log.NextAsync<ResponseEnded>();

        session.Events.Count.ShouldBeLessThanOrEqualTo(16);
        var bytes = log.All<AudioDelta>().Sum(delta => delta.Audio.Length);
        ended.Usage!.Value.OutputAudioTokens.ShouldBe((bytes / 8 + 49) / 50);
    }

    [Fact]
    public async Task A_session_nobody_reads_can_be_closed_and_its_last_event_is_there()
    {
        await using var bench = await Bench.StartAsync(configure: options => options.AudioSpeed = 1000);
        bench.Options.MaxQueuedEvents = 16;
        bench.Options.CloseTimeoutSeconds = 0.2;
        var session = await bench.ConnectAsync();
        await session.SendUserTextAsync("say 100");
        await session.CreateResponseAsync();
        await session.Events.WaitToReadAsync();

        await session.DisposeAsync();

        var events = new List<RealtimeEvent>();
        await foreach (var happened in session.Events.ReadAllAsync())
        {
            events.Add(happened);
        }

        events[^1].ShouldBeOfType<SessionClosed>().Reason.ShouldBe(SessionCloseReason.ClosedByUs);
        events.OfType<SessionClosed>().Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_message_over_the_limit_ends_the_session_with_a_reason()
    {
        await using var bench = await Bench.StartAsync();
        bench.Options.MaxMessageBytes = 65_536;
        await using var session = await bench.ConnectAsync();
        var log = new EventLog(session);

        // The provider repeats the instructions in its confirmation.
        var failure = await Should.ThrowAsync<RealtimeException>(
            () => session.ConfigureAsync(new SessionSettings { Instructions = new string('a', 80_000) }));

        failure.Code.ShouldBe(RealtimeErrorCodes.SessionClosed);
        (await log.ToEndAsync()).Reason.ShouldBe(SessionCloseReason.Aborted);
        log.All<ProviderError>().Single().Code.ShouldBe(RealtimeErrorCodes.MessageTooLarge);
    }
}
