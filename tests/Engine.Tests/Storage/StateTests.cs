using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using VoiceOrdering.Engine.Tests.Support;

namespace VoiceOrdering.Engine.Tests.Storage;

[Collection(EngineCollection.Name)]
public class StateTests(EngineFixture engine)
{
    [Fact]
    public async Task State_is_read_before_the_first_call_and_survives_deactivation()
    {
        var grain = engine.Grains.GetGrain<IStateGrain>(Gates.New("state"));
        (await grain.ReadAsync()).ShouldBe("0 False");

        await grain.SetAsync(5);
        await engine.Cluster.DeactivateAsync(grain);

        (await grain.ReadAsync()).ShouldBe("5 True");
        await grain.ClearAsync();
        (await grain.ReadAsync()).ShouldBe("0 False");
        await engine.Cluster.DeactivateAsync(grain);
        (await grain.ReadAsync()).ShouldBe("0 False");
    }

    [Fact]
    public async Task A_lost_race_is_told_and_the_next_activation_has_what_won()
    {
        var name = Gates.New("race");
        var grain = engine.Grains.GetGrain<IStateGrain>(name);
        await grain.SetAsync(1);
        var storage = engine.Cluster.GetSiloServiceProvider().GetRequiredKeyedService<IGrainStorage>("Default");
        var rival = new GrainState<Counter>();
        await storage.ReadStateAsync("counter", grain.GetGrainId(), rival);
        rival.State = new Counter { Value = 77 };
        await storage.WriteStateAsync("counter", grain.GetGrainId(), rival);

        await Should.ThrowAsync<InconsistentStateException>(() => grain.SetAsync(2));

        (await grain.ReadAsync()).ShouldBe("77 True");
        await grain.SetAsync(3);
        (await grain.ReadAsync()).ShouldBe("3 True");
    }

    [Fact]
    public async Task A_grain_of_a_state_class_has_its_state_too()
    {
        var grain = engine.Grains.GetGrain<IClassicGrain>(Gates.New("classic"));
        await grain.SetAsync(8);
        await engine.Cluster.DeactivateAsync(grain);

        (await grain.GetAsync()).ShouldBe(8);
    }

    [Fact]
    public async Task A_provider_that_does_not_exist_is_named()
    {
        var failure = await Should.ThrowAsync<BadProviderConfigException>(() => engine.Grains.GetGrain<IHomelessGrain>("x").PingAsync());

        failure.Message.ShouldContain("nowhere");
    }
}

public interface IStateGrain : IGrainWithStringKey
{
    Task SetAsync(int value);

    Task<string> ReadAsync();

    Task ClearAsync();
}

[GenerateSerializer, Alias("test.Counter")]
public sealed class Counter
{
    [Id(0)]
    public int Value { get; set; }
}

public sealed class StateGrain([PersistentState("counter")] IPersistentState<Counter> counter) : Grain, IStateGrain
{
    public Task SetAsync(int value)
    {
        counter.State.Value = value;
        return counter.WriteStateAsync();
    }

    public Task<string> ReadAsync() => Task.FromResult($"{counter.State.Value} {counter.RecordExists}");

    public Task ClearAsync() => counter.ClearStateAsync();
}

public interface IClassicGrain : IGrainWithStringKey
{
    Task SetAsync(int value);

    Task<int> GetAsync();
}

public sealed class ClassicGrain : Grain<Counter>, IClassicGrain
{
    public Task SetAsync(int value)
    {
        State.Value = value;
        return WriteStateAsync();
    }

    public Task<int> GetAsync() => Task.FromResult(State.Value);
}

public interface IHomelessGrain : IGrainWithStringKey
{
    Task PingAsync();
}

public sealed class HomelessGrain([PersistentState("x", "nowhere")] IPersistentState<Counter> state) : Grain, IHomelessGrain
{
    public Task PingAsync() => Task.FromResult(state.State);
}
