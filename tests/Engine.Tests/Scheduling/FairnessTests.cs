using VoiceOrdering.Engine.Tests.Support;

namespace VoiceOrdering.Engine.Tests.Scheduling;

/// <summary>Nobody waits for long because others have much to do. Counted in turns, not in time, so that a slow machine changes nothing.</summary>
[Collection(EngineCollection.Name)]
public class FairnessTests(EngineFixture engine)
{
    private static readonly int Threads = Environment.ProcessorCount;

    [Fact]
    public async Task A_grain_with_a_long_queue_gives_its_thread_to_others()
    {
        var name = Gates.New("greedy");
        var turns = TurnCounts.Of(name);
        var greedy = Enumerable.Range(0, Threads + 1).Select(at => engine.Grains.GetGrain<IGreedyGrain>($"{name}-{at}")).ToArray();
        await Task.WhenAll(greedy.Select(grain => grain.WorkAsync(name, 1)));
        const int Queued = 4_000;
        var queued = greedy.SelectMany(grain => Enumerable.Range(0, Queued).Select(_ => grain.WorkAsync(name, 500))).ToArray();

        var most = 0L;
        for (var call = 0; call < 50; call++)
        {
            var other = engine.Grains.GetGrain<IGreedyGrain>($"{name}-other-{call}");
            var before = turns.Done;
            most = Math.Max(most, await Await.Of(other.CountAsync(name), "a call to a grain with nothing to do") - before);
        }

        // Every thread may have a slice of every greedy grain before it; the queues are far longer.
        most.ShouldBeLessThan(2_000);
        await Await.Of(Task.WhenAll(queued), "the long queues");
    }

    [Fact]
    public async Task Grains_that_keep_each_other_busy_do_not_keep_a_thread_to_themselves()
    {
        var name = Gates.New("pair");
        var turns = TurnCounts.Of(name);
        var pairs = Enumerable.Range(0, Threads * 2).Select(at => engine.Grains.GetGrain<IGreedyGrain>($"{name}-{at}")).ToArray();
        var playing = pairs.Select((grain, at) => grain.PlayAsync(name, engine.Grains.GetGrain<IGreedyGrain>($"{name}-partner-{at}"))).ToArray();
        await Await.Of(Gates.Reached(name + "-playing"), "the pairs to play");

        var most = 0L;
        for (var item = 0; item < 50; item++)
        {
            var served = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
            var before = turns.Done;
            ThreadPool.UnsafeQueueUserWorkItem(static state => state.served.SetResult(state.turns.Done), (served, turns), preferLocal: false);
            most = Math.Max(most, await Await.Of(served.Task, "work that all threads share") - before);
        }

        Gates.Open(name + "-stop");
        await Await.Of(Task.WhenAll(playing), "the pairs to end");
        most.ShouldBeLessThan(2_000);
    }

    [Fact]
    public async Task A_thousand_grains_are_served_while_as_many_are_stuck_as_there_are_processors()
    {
        var name = Gates.New("stuck");
        using var release = new ManualResetEventSlim();
        BlockingEvents.Add(name, release);
        var stuck = Enumerable.Range(0, Threads).Select(at => Task.Run(() => engine.Grains.GetGrain<ITurnGrain>($"{name}-{at}").BlockAsync(name))).ToArray();
        await Await.Of(Gates.Reached(name + "-begun"), "a grain to be stuck");

        var calls = Enumerable.Range(0, 1000).Select(at => engine.Grains.GetGrain<ITurnGrain>($"{name}-other-{at}").CountAsync()).ToArray();
        (await Await.Of(Task.WhenAll(calls), "a thousand other grains")).ShouldAllBe(count => count == 1);

        stuck.ShouldAllBe(call => !call.IsCompleted);
        release.Set();
        await Await.Of(Task.WhenAll(stuck), "the stuck grains");
    }
}

/// <summary>Turns that grains of one test have done.</summary>
internal sealed class TurnCounts
{
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, TurnCounts> Known = new(StringComparer.Ordinal);
    private long _done;

    public long Done => Volatile.Read(ref _done);

    public static TurnCounts Of(string name) => Known.GetOrAdd(name, _ => new TurnCounts());

    public void Add() => Interlocked.Increment(ref _done);
}

public interface IGreedyGrain : IGrainWithStringKey
{
    Task WorkAsync(string name, int spins);

    Task<long> CountAsync(string name);

    Task PlayAsync(string name, IGreedyGrain partner);
}

public sealed class GreedyGrain : Grain, IGreedyGrain
{
    public Task WorkAsync(string name, int spins)
    {
        Thread.SpinWait(spins);
        TurnCounts.Of(name).Add();
        return Task.CompletedTask;
    }

    /// <summary>The turns that were done before this one.</summary>
    public Task<long> CountAsync(string name) => Task.FromResult(TurnCounts.Of(name).Done);

    public async Task PlayAsync(string name, IGreedyGrain partner)
    {
        var turns = TurnCounts.Of(name);
        var stop = Gates.Reached(name + "-stop");
        for (var round = 0; !stop.IsCompleted; round++)
        {
            await Task.Yield();
            Thread.SpinWait(500);
            turns.Add();
            if (round == 100)
            {
                Gates.Open(name + "-playing");
            }
        }

        await partner.WorkAsync(name, 1);
    }
}
