using VoiceOrdering.Engine.Tests.Support;

namespace VoiceOrdering.Engine.Tests.Activation;

[Collection(EngineCollection.Name)]
public class LifeTests(EngineFixture engine)
{
    [Fact]
    public async Task Activation_comes_before_the_first_call_and_deactivation_after_the_last()
    {
        var name = Gates.New("life");
        var grain = engine.Grains.GetGrain<ILifeGrain>(name);

        (await grain.HistoryAsync()).ShouldBe("activated,call");
        await grain.LeaveAsync();
        (await Await.Of(Gates.Reached(name + "-gone"), "deactivation")).ShouldBe(nameof(DeactivationReasonCode.ApplicationRequested));
        (await grain.HistoryAsync()).ShouldBe("activated,call");
    }

    [Fact]
    public async Task Running_calls_finish_before_deactivation_and_waiting_ones_go_to_the_next_activation()
    {
        var name = Gates.New("handover");
        var grain = engine.Grains.GetGrain<ILifeGrain>(name);
        var running = grain.LeaveThenWaitAsync(name);
        await Await.Of(Gates.Reached(name + "-begun"), "the call that leaves");
        var waiting = Enumerable.Range(0, 20).Select(_ => grain.InstanceAsync()).ToArray();
        Gates.Reached(name + "-gone").IsCompleted.ShouldBeFalse();

        Gates.Open(name);

        var old = await Await.Of(running, "the running call");
        var next = await Await.Of(Task.WhenAll(waiting), "the waiting calls");
        next.Distinct().ShouldHaveSingleItem().ShouldNotBe(old);
    }

    [Fact]
    public async Task A_failed_activation_is_told_to_every_caller_and_the_next_one_starts_afresh()
    {
        var name = Gates.New("fails");
        var grain = engine.Grains.GetGrain<IFragileGrain>(name);

        var calls = Enumerable.Range(0, 5).Select(_ => grain.PingAsync()).ToArray();
        foreach (var call in calls)
        {
            (await Should.ThrowAsync<InvalidOperationException>(call)).Message.ShouldBe("not today");
        }

        Gates.Open(name + "-healthy");
        (await grain.PingAsync()).ShouldBe("pong");
    }

    [Fact]
    public async Task A_failed_constructor_is_told_to_the_caller()
    {
        var failure = await Should.ThrowAsync<Exception>(() => engine.Grains.GetGrain<IBrokenGrain>("x").PingAsync());

        failure.Message.ShouldContain("cannot be built");
    }

    [Fact]
    public async Task Idle_activations_are_collected_and_delayed_ones_are_not()
    {
        var management = engine.Grains.GetGrain<IManagementGrain>(0);
        var idle = Gates.New("idle");
        var kept = Gates.New("kept");
        await engine.Grains.GetGrain<ILifeGrain>(idle).HistoryAsync();
        await engine.Grains.GetGrain<ILifeGrain>(kept).StayAsync(TimeSpan.FromHours(1));

        await management.ForceActivationCollection(TimeSpan.Zero);

        (await Await.Of(Gates.Reached(idle + "-gone"), "the idle grain to go")).ShouldBe(nameof(DeactivationReasonCode.ActivationIdle));
        engine.Cluster.TryGetGrainContext(engine.Grains.GetGrain<ILifeGrain>(kept).GetGrainId(), out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Two_callers_at_once_get_the_same_activation()
    {
        for (var round = 0; round < 50; round++)
        {
            var grain = Gates.New("single");
            var instances = await Await.Of(
                Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => engine.Grains.GetGrain<ILifeGrain>(grain).InstanceAsync()))), "8 callers");
            instances.Distinct().ShouldHaveSingleItem();
        }
    }

    [Fact]
    public async Task The_management_grain_counts_what_there_is()
    {
        var management = engine.Grains.GetGrain<IManagementGrain>(0);
        var name = Gates.New("counted");
        await engine.Grains.GetGrain<ILifeGrain>(name).StayAsync(TimeSpan.FromHours(1));

        (await management.GetHosts(onlyActive: true)).ShouldHaveSingleItem().Value.ShouldBe(SiloStatus.Active);
        (await management.GetTotalActivationCount()).ShouldBeGreaterThan(0);
        (await management.GetSimpleGrainStatistics()).ShouldContain(statistic => statistic.GrainType.EndsWith(nameof(LifeGrain), StringComparison.Ordinal) && statistic.ActivationCount > 0);
        (await management.GetDetailedGrainStatistics()).ShouldContain(statistic => statistic.GrainId.Key.ToString() == name);
    }
}

public interface ILifeGrain : IGrainWithStringKey
{
    Task<string> HistoryAsync();

    Task LeaveAsync();

    Task<int> LeaveThenWaitAsync(string gate);

    Task<int> InstanceAsync();

    Task StayAsync(TimeSpan time);
}

public sealed class LifeGrain : Grain, ILifeGrain
{
    private static int instances;
    private readonly int _instance = Interlocked.Increment(ref instances);
    private readonly List<string> _history = [];

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _history.Add("activated");
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Gates.Open(this.GetPrimaryKeyString() + "-gone", reason.ReasonCode.ToString());
        return Task.CompletedTask;
    }

    public Task<string> HistoryAsync()
    {
        _history.Add("call");
        return Task.FromResult(string.Join(',', _history));
    }

    public Task LeaveAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public async Task<int> LeaveThenWaitAsync(string gate)
    {
        DeactivateOnIdle();
        Gates.Open(gate + "-begun");
        await Gates.Reached(gate);
        return _instance;
    }

    public Task<int> InstanceAsync() => Task.FromResult(_instance);

    public Task StayAsync(TimeSpan time)
    {
        DelayDeactivation(time);
        return Task.CompletedTask;
    }
}

public interface IFragileGrain : IGrainWithStringKey
{
    Task<string> PingAsync();
}

public sealed class FragileGrain : Grain, IFragileGrain
{
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (!Gates.Reached(this.GetPrimaryKeyString() + "-healthy").IsCompleted)
        {
            throw new InvalidOperationException("not today");
        }
    }

    public Task<string> PingAsync() => Task.FromResult("pong");
}

public interface IBrokenGrain : IGrainWithStringKey
{
    Task PingAsync();
}

public sealed class BrokenGrain : Grain, IBrokenGrain
{
    public BrokenGrain() => throw new InvalidOperationException("cannot be built");

    public Task PingAsync() => Task.CompletedTask;
}
