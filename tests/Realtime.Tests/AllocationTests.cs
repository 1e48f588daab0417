using VoiceOrdering.Realtime.Tests.Support;

namespace VoiceOrdering.Realtime.Tests;

/// <summary>The path of every 20 ms of every call.</summary>
public sealed class AllocationTests
{
    [Fact]
    public async Task Appending_audio_allocates_next_to_nothing_once_warm()
    {
        const int rounds = 60;
        const int framesPerRound = 10;
        await using var bench = await Bench.StartAsync();
        await using var session = await bench.ConnectAsync(new SessionSettings
        {
            InputFormat = RealtimeAudioFormat.Pcmu,
            TurnDetection = new TurnDetection.Manual(),
        });
        var log = new EventLog(session);
        var frame = Speech.Tone(RealtimeAudioFormat.Pcmu, 20);
        long allocated = 0;
        for (var round = 0; round < rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < framesPerRound; i++)
            {
                session.AppendAudio(frame).ShouldBeTrue();
            }

            allocated += round < rounds / 2 ? 0 : GC.GetAllocatedBytesForCurrentThread() - before;

            // The item's arrival says that everything before it was sent, as in a live call before the next frame comes.
            await session.SendUserTextAsync("x", $"round-{round}");
            await log.NextAsync<ItemAdded>(added => added.ItemId == $"round-{round}");
        }

        var perFrame = allocated / (double)(rounds / 2 * framesPerRound);
        perFrame.ShouldBeLessThan(100, "A frame's JSON alone has 265 bytes: whoever copies it once more is seen here.");
    }
}
