using VoiceOrdering.Engine.Tests.Support;

namespace VoiceOrdering.Engine.Tests.Scheduling;

/// <summary>Long chains of calls: no thread's stack may grow with them, neither on the way out nor on the way back.</summary>
[Collection(EngineCollection.Name)]
public class DepthTests(EngineFixture engine)
{
    private const int Depth = 10_000;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_chain_of_ten_thousand_grains_comes_back(bool isAwaited)
    {
        var name = Gates.New("chain");

        // Once to make the grains and to let the method earn its place on its callers' threads, then as it will be from there on.
        for (var round = 0; round < 3; round++)
        {
            var first = engine.Grains.GetGrain<IChainLinkGrain>($"{name}-{Depth}");
            var call = Task.Run(() => isAwaited ? first.DownAwaitingAsync(name, Depth) : first.DownAsync(name, Depth));
            (await Await.Of(call, "a chain of calls")).ShouldBe(isAwaited ? Depth : 0);
        }
    }

    [Fact]
    public async Task A_failure_at_the_end_of_a_chain_comes_back_through_a_thousand_grains()
    {
        var name = Gates.New("failing-chain");

        var failure = await Should.ThrowAsync<InvalidOperationException>(
            () => Task.Run(() => engine.Grains.GetGrain<IChainLinkGrain>($"{name}-1000").FailBelowAsync(name, 1000)));

        failure.Message.ShouldBe("the end of the chain");
    }

    [Fact]
    public async Task One_call_that_makes_ten_thousand_others_gets_all_their_answers()
    {
        var name = Gates.New("fan");

        (await Await.Of(engine.Grains.GetGrain<IChainLinkGrain>(name).FanAsync(name, Depth), "ten thousand answers")).ShouldBe(Depth);
    }

    [Fact]
    public async Task A_loop_over_quick_calls_does_not_keep_its_own_grain_from_others()
    {
        var name = Gates.New("looping");
        var grain = engine.Grains.GetGrain<IChainLinkGrain>(name);
        await Task.Run(() => grain.LoopAsync(name + "-other", 2000, ""));

        var looping = Task.Run(() => grain.LoopAsync(name + "-other", int.MaxValue, name));
        await Await.Of(Gates.Reached(name), "the loop to begin");
        await Await.Of(grain.StopAsync(), "a call beside the loop");

        await Await.Of(looping, "the loop to end");
    }
}

public interface IChainLinkGrain : IGrainWithStringKey
{
    Task<int> DownAsync(string name, int left);

    Task<int> DownAwaitingAsync(string name, int left);

    Task FailBelowAsync(string name, int left);

    Task<int> FanAsync(string name, int calls);

    Task<int> PingAsync();

    Task LoopAsync(string other, int times, string begun);

    [Orleans.Concurrency.AlwaysInterleave]
    Task StopAsync();
}

public sealed class ChainLinkGrain : Grain, IChainLinkGrain
{
    private bool _stops;

    public Task<int> DownAsync(string name, int left) => left == 0 ? Task.FromResult(0) : Next(name, left).DownAsync(name, left - 1);

    public async Task<int> DownAwaitingAsync(string name, int left) => left == 0 ? 0 : 1 + await Next(name, left).DownAwaitingAsync(name, left - 1);

    public async Task FailBelowAsync(string name, int left)
    {
        if (left == 0)
        {
            throw new InvalidOperationException("the end of the chain");
        }

        await Next(name, left).FailBelowAsync(name, left - 1);
    }

    public async Task<int> FanAsync(string name, int calls)
        => (await Task.WhenAll(Enumerable.Range(0, calls).Select(at => GrainFactory.GetGrain<IChainLinkGrain>($"{name}-{at}").PingAsync()))).Sum();

    public Task<int> PingAsync() => Task.FromResult(1);

    public async Task LoopAsync(string other, int times, string begun)
    {
        var target = GrainFactory.GetGrain<IChainLinkGrain>(other);
        for (var at = 0; at < times && !_stops; at++)
        {
            await target.PingAsync();
            if (begun.Length > 0 && at == 10)
            {
                Gates.Open(begun);
            }
        }
    }

    public Task StopAsync()
    {
        _stops = true;
        return Task.CompletedTask;
    }

    private IChainLinkGrain Next(string name, int left) => GrainFactory.GetGrain<IChainLinkGrain>($"{name}-{left - 1}");
}
