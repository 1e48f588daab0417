using Orleans.Concurrency;
using Orleans.Serialization.Invocation;
using VoiceOrdering.Engine.Tests.Support;

namespace VoiceOrdering.Engine.Tests.Scheduling;

[Collection(EngineCollection.Name)]
public class InterleavingTests(EngineFixture engine)
{
    [Fact]
    public async Task A_reentrant_grain_takes_calls_while_one_awaits()
    {
        var name = Gates.New("reentrant");
        var grain = engine.Grains.GetGrain<IReentrantGrain>(name);
        var waiting = grain.WaitAsync(name);
        await Await.Of(Gates.Reached(name + "-begun"), "the first call to begin");

        await Await.Of(grain.OpenAsync(name), "a second call");
        await Await.Of(waiting, "the first call");
    }

    [Fact]
    public async Task An_always_interleaving_method_runs_beside_any_call()
    {
        var name = Gates.New("interleave");
        var grain = engine.Grains.GetGrain<IInterleavingGrain>(name);
        var waiting = grain.WaitAsync(name);
        await Await.Of(Gates.Reached(name + "-begun"), "the first call to begin");

        var ordinary = grain.OrdinaryAsync();
        await Await.Of(grain.OpenAsync(name), "the interleaving call, sent after one that has to wait");
        await Await.Of(waiting, "the first call");
        await Await.Of(ordinary, "the ordinary call");
    }

    [Fact]
    public async Task A_running_call_that_always_interleaves_holds_up_nobody()
    {
        var name = Gates.New("background");
        var grain = engine.Grains.GetGrain<IInterleavingGrain>(name);
        var background = grain.WaitBesideAsync(name);
        await Await.Of(Gates.Reached(name + "-begun"), "the interleaving call to begin");

        await Await.Of(grain.OrdinaryAsync(), "an ordinary call beside it");

        Gates.Open(name);
        await Await.Of(background, "the interleaving call");
    }

    [Fact]
    public async Task Read_only_calls_run_beside_each_other_but_not_beside_writers()
    {
        var name = Gates.New("readers");
        var grain = engine.Grains.GetGrain<IInterleavingGrain>(name);
        var first = grain.ReadAsync(name, 1);
        var second = grain.ReadAsync(name, 2);
        await Await.Of(Gates.Reached(name + "-1"), "the first reader");
        await Await.Of(Gates.Reached(name + "-2"), "the second reader, beside the first");
        var writer = grain.OrdinaryAsync();
        writer.IsCompleted.ShouldBeFalse();

        await grain.OpenAsync(name);
        await Await.Of(Task.WhenAll(first, second, writer), "readers and writer");
    }

    [Fact]
    public async Task A_predicate_decides_which_calls_interleave()
    {
        var name = Gates.New("predicate");
        var grain = engine.Grains.GetGrain<IPredicateGrain>(name);
        var waiting = grain.WaitAsync(name);
        await Await.Of(Gates.Reached(name + "-begun"), "the first call to begin");

        await Await.Of(grain.OpenAsync(name), "the call the predicate admits");
        await Await.Of(waiting, "the first call");
    }

    [Fact]
    public async Task A_call_chain_that_was_allowed_to_may_come_back()
    {
        var grain = engine.Grains.GetGrain<IChainGrain>(Gates.New("chain"));

        (await Await.Of(grain.ThroughAsync(engine.Grains.GetGrain<IChainGrain>(Gates.New("far")), true), "a chain that comes back")).ShouldBe("back");
    }
}

public interface IReentrantGrain : IGrainWithStringKey
{
    Task WaitAsync(string name);

    Task OpenAsync(string name);
}

[Reentrant]
public sealed class ReentrantGrain : Grain, IReentrantGrain
{
    public async Task WaitAsync(string name)
    {
        Gates.Open(name + "-begun");
        await Gates.Reached(name);
    }

    public Task OpenAsync(string name)
    {
        Gates.Open(name);
        return Task.CompletedTask;
    }
}

public interface IInterleavingGrain : IGrainWithStringKey
{
    Task WaitAsync(string name);

    Task OrdinaryAsync();

    [AlwaysInterleave]
    Task OpenAsync(string name);

    [AlwaysInterleave]
    Task WaitBesideAsync(string name);

    [ReadOnly]
    Task ReadAsync(string name, int number);
}

public sealed class InterleavingGrain : Grain, IInterleavingGrain
{
    public async Task WaitAsync(string name)
    {
        Gates.Open(name + "-begun");
        await Gates.Reached(name);
    }

    public Task WaitBesideAsync(string name) => WaitAsync(name);

    public Task OrdinaryAsync() => Task.CompletedTask;

    public Task OpenAsync(string name)
    {
        Gates.Open(name);
        return Task.CompletedTask;
    }

    public async Task ReadAsync(string name, int number)
    {
        Gates.Open($"{name}-{number}");
        await Gates.Reached(name);
    }
}

public interface IPredicateGrain : IGrainWithStringKey
{
    Task WaitAsync(string name);

    Task OpenAsync(string name);
}

[MayInterleave(nameof(MayInterleave))]
public sealed class PredicateGrain : Grain, IPredicateGrain
{
    public static bool MayInterleave(IInvokable request) => request.GetMethodName() == nameof(OpenAsync);

    public async Task WaitAsync(string name)
    {
        Gates.Open(name + "-begun");
        await Gates.Reached(name);
    }

    public Task OpenAsync(string name)
    {
        Gates.Open(name);
        return Task.CompletedTask;
    }
}

public interface IChainGrain : IGrainWithStringKey
{
    Task<string> ThroughAsync(IChainGrain other, bool isAllowed);

    Task<string> CallBackAsync(IChainGrain origin);

    Task<string> BackAsync();
}

public sealed class ChainGrain : Grain, IChainGrain
{
    public async Task<string> ThroughAsync(IChainGrain other, bool isAllowed)
    {
        if (!isAllowed)
        {
            return await other.CallBackAsync(this.AsReference<IChainGrain>());
        }

        using (RequestContext.AllowCallChainReentrancy())
        {
            return await other.CallBackAsync(this.AsReference<IChainGrain>());
        }
    }

    public Task<string> CallBackAsync(IChainGrain origin) => origin.BackAsync();

    public Task<string> BackAsync() => Task.FromResult("back");
}
