using VoiceOrdering.Engine.Tests.Support;

namespace VoiceOrdering.Engine.Tests.Scheduling;

[Collection(EngineCollection.Name)]
public class TurnTests(EngineFixture engine)
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
    public async Task A_method_that_begins_to_block_after_many_quick_calls_holds_up_its_caller_once_at_most()
    {
        var name = Gates.New("turns-slow");
        using var release = new ManualResetEventSlim();
        BlockingEvents.Add(name, release);
        var grain = engine.Grains.GetGrain<ITurnGrain>(name);
        await Task.Run(async () =>
        {
            for (var call = 0; call < 500; call++)
            {
                await grain.BlockWhenToldAsync(name, false);
            }
        });

        var blocked = Task.Run(() => grain.BlockWhenToldAsync(name, true));
        await Await.Of(Gates.Reached(name + "-begun"), "the blocking turn");
        (await Await.Of(engine.Grains.GetGrain<ITurnGrain>(name + "-other").CountAsync(), "another grain")).ShouldBe(1);

        release.Set();
        await Await.Of(blocked, "the blocked call");
    }

    [Fact]
    public async Task Turns_stay_exclusive_and_calls_complete_under_load_from_many_threads()
    {
        var grains = Enumerable.Range(0, 5).Select(at => engine.Grains.GetGrain<ITurnGrain>(Gates.New("load"))).ToArray();

        var problems = await Await.Of(
            Task.WhenAll(Enumerable.Range(0, 8).Select(caller => Task.Run(async () =>
            {
                var found = "";
                for (var call = 0; call < 1500; call++)
                {
                    var grain = grains[(caller + call) % grains.Length];
                    found += call % 10 == 0 ? await grain.HopAsync(2) : await grain.CheckAsync();
                }

                return found;
            }))),
            "12,000 calls");

        problems.ShouldAllBe(problem => problem == "");
    }

    [Fact]
    public async Task Work_that_a_grain_leaves_behind_never_runs_beside_its_calls()
    {
        var grain = engine.Grains.GetGrain<ITurnGrain>(Gates.New("behind"));
        var work = await grain.StartWorkAsync(300_000);

        // The call has ended, its work has not; calls that may begin on this thread come meanwhile.
        var problems = await Await.Of(
            Task.Run(async () =>
            {
                var found = "";
                while (!Gates.Reached(work).IsCompleted)
                {
                    found += await grain.CheckAsync();
                }

                return found;
            }),
            "the calls beside the work");

        problems.ShouldBe("");
        (await Gates.Reached(work)).ShouldBe("");
    }

    [Fact]
    public async Task Code_of_the_caller_does_not_run_in_the_turn_of_the_grain()
    {
        var name = Gates.New("caller");
        var grain = engine.Grains.GetGrain<ITurnGrain>(name);

        // Away from the test's synchronization context calls of a quick method may begin on this very thread.
        var inTurn = await Task.Run(async () =>
        {
            var wrong = false;
            for (var call = 0; call < 2000; call++)
            {
                await (call % 50 == 0 ? grain.HopAsync(3) : (Task)grain.CountAsync());
                wrong |= TaskScheduler.Current != TaskScheduler.Default;
            }

            return wrong;
        });

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

    Task BlockWhenToldAsync(string name, bool isTold);

    Task<string> CheckAsync();

    /// <summary>Starts work that the call does not wait for; gives the gate it opens when it is done.</summary>
    Task<string> StartWorkAsync(int turns);
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

    public Task BlockWhenToldAsync(string name, bool isTold) => isTold ? BlockAsync(name) : Task.CompletedTask;

    public Task<string> CheckAsync() => Task.FromResult(Check());

    public Task<string> StartWorkAsync(int turns)
    {
        var gate = Gates.New("work");
        _ = WorkAsync(gate, turns);
        return Task.FromResult(gate);
    }

    private async Task WorkAsync(string gate, int turns)
    {
        var problem = "";
        for (var turn = 0; turn < turns; turn++)
        {
            await Task.Yield();
            problem += Check();
        }

        Gates.Open(gate, problem);
    }

    private string Check()
    {
        if (Interlocked.Exchange(ref _inTurn, 1) != 0)
        {
            return "two turns at once";
        }

        _seen ??= TaskScheduler.Current;
        Thread.SpinWait(20);
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
