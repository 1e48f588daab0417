using VoiceOrdering.Engine.Tests.Support;

namespace VoiceOrdering.Engine.Tests.Scheduling;

[Collection(EngineCollection.Name)]
public sealed class TurnTests(EngineFixture engine)
{
    [Fact]
    public async Task Every_continuation_runs_on_the_scheduler_of_the_activation_and_never_two_at_once()
    {
        var grain = engine.Grains.GetGrain<ITurnGrain>(Gates.New("turns"));

        var results = await Await.Of(Task.WhenAll(Enumerable.Range(0, 40).Select(_ => grain.HopAsync(10))), "40 calls that await often");

        results.ShouldAllBe(result => result == "");
    }

    [Fact]
    public async Task Turns_stay_exclusive_when_a_call_has_parts_that_run_together()
    {
        (await Await.Of(engine.Grains.GetGrain<ITurnGrain>(Gates.New("parts")).ForkAsync(50), "a call of 50 parts")).ShouldBe("");
    }

    [Fact]
    public async Task A_grain_is_not_reentrant_by_default()
    {
        var name = Gates.New("plain");
        var grain = engine.Grains.GetGrain<ITurnGrain>(name);

        var first = grain.WaitForGateAsync(name + "-open", name + "-begun");
        await Await.Of(Gates.Reached(name + "-begun"), "the first call to begin");
        var second = grain.CountAsync();
        second.IsCompleted.ShouldBeFalse();
        (await engine.Grains.GetGrain<ITurnGrain>(Gates.New("bystander")).CountAsync()).ShouldBe(1);
        second.IsCompleted.ShouldBeFalse();
        Gates.Open(name + "-open");

        await Await.Of(first, "the first call");
        (await Await.Of(second, "the second call")).ShouldBe(1);
    }

    [Fact]
    public async Task Calls_of_one_caller_run_in_the_order_they_were_sent()
    {
        var grain = engine.Grains.GetGrain<ITurnGrain>(Gates.New("order"));

        var calls = Enumerable.Range(1, 200).Select(_ => grain.CountAsync()).ToArray();

        (await Await.Of(Task.WhenAll(calls), "200 calls")).ShouldBe(Enumerable.Range(1, 200));
    }

    [Fact]
    public async Task A_grain_whose_turn_blocks_its_thread_does_not_hold_up_others()
    {
        var name = Gates.New("blocked");
        using var release = new ManualResetEventSlim();
        BlockingEvents.Add(name, release);
        var blocked = Task.Run(() => engine.Grains.GetGrain<ITurnGrain>(name).BlockAsync(name));
        await Await.Of(Gates.Reached(name + "-begun"), "the blocking turn to begin");

        var others = Enumerable.Range(0, 50).Select(at => engine.Grains.GetGrain<ITurnGrain>($"{name}-other-{at}").CountAsync());
        (await Await.Of(Task.WhenAll(others), "50 calls to other grains")).ShouldAllBe(count => count == 1);

        blocked.IsCompleted.ShouldBeFalse();
        release.Set();
        await Await.Of(blocked, "the blocked call");
    }

    [Fact]
    public async Task Code_of_the_caller_does_not_run_in_the_turn_of_the_grain()
    {
        var name = Gates.New("caller");
        var grain = engine.Grains.GetGrain<ITurnGrain>(name);

        var inTurn = false;
        await grain.HopAsync(3).ContinueWith(_ => inTurn = TaskScheduler.Current != TaskScheduler.Default, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        for (var call = 0; call < 200; call++)
        {
            // Calls of a quick method may begin on this very thread; what follows them must be the caller's again.
            await grain.CountAsync();
            inTurn |= TaskScheduler.Current != TaskScheduler.Default;
        }

        inTurn.ShouldBeFalse();
    }
}

internal static class BlockingEvents
{
    private static readonly Dictionary<string, ManualResetEventSlim> Known = [];

    public static void Add(string name, ManualResetEventSlim gate)
    {
        lock (Known)
        {
            Known[name] = gate;
        }
    }

    public static ManualResetEventSlim Get(string name)
    {
        lock (Known)
        {
            return Known[name];
        }
    }
}

public interface ITurnGrain : IGrainWithStringKey
{
    Task<string> HopAsync(int times);

    Task<string> ForkAsync(int parts);

    Task WaitForGateAsync(string gate, string begun);

    Task<int> CountAsync();

    Task BlockAsync(string name);
}

public sealed class TurnGrain : Grain, ITurnGrain
{
    private TaskScheduler? _seen;
    private int _inTurn;
    private int _count;

    public async Task<string> HopAsync(int times)
    {
        var problem = Check();
        for (var at = 0; at < times && problem.Length == 0; at++)
        {
            switch (at % 3)
            {
                case 0:
                    await Task.Yield();
                    break;
                case 1:
                    await Task.Run(() => { });
                    break;
                default:
                    await Task.WhenAll(Task.Yield().AsTask(), Task.CompletedTask);
                    break;
            }

            problem = Check();
        }

        return problem;
    }

    public async Task<string> ForkAsync(int parts)
        => string.Concat(await Task.WhenAll(Enumerable.Range(0, parts).Select(_ => HopAsync(6))));

    public async Task WaitForGateAsync(string gate, string begun)
    {
        Gates.Open(begun);
        await Gates.Reached(gate);
    }

    public Task<int> CountAsync() => Task.FromResult(++_count);

    public Task BlockAsync(string name)
    {
        Gates.Open(name + "-begun");
        BlockingEvents.Get(name).Wait();
        return Task.CompletedTask;
    }

    private string Check()
    {
        if (Interlocked.Exchange(ref _inTurn, 1) != 0)
        {
            return "two turns at once";
        }

        _seen ??= TaskScheduler.Current;
        var problem = TaskScheduler.Current == TaskScheduler.Default ? "on the default scheduler"
            : ReferenceEquals(TaskScheduler.Current, _seen) ? "" : "on another scheduler";
        Volatile.Write(ref _inTurn, 0);
        return problem;
    }
}

internal static class YieldTasks
{
    public static async Task AsTask(this System.Runtime.CompilerServices.YieldAwaitable awaitable) => await awaitable;
}
