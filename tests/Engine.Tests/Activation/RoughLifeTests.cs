using Orleans.Concurrency;
using Orleans.Configuration;
using Orleans.TestingHost;
using VoiceOrdering.Engine.Tests.Support;

namespace VoiceOrdering.Engine.Tests.Activation;

/// <summary>Grains that misbehave while they come, work and go; nothing of it may stop others or outlive them.</summary>
public sealed class RoughLifeTests : IAsyncLifetime
{
    private readonly InProcessTestCluster _cluster = Build();

    private IGrainFactory Grains => _cluster.Client;

    public Task InitializeAsync() => _cluster.DeployAsync();

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task A_failing_OnDeactivateAsync_does_not_keep_the_next_activation_from_coming()
    {
        var name = Gates.New("rough");
        var grain = Grains.GetGrain<IRoughGrain>(name);
        var first = await grain.LeaveAsync(failsToLeave: true);
        await Await.Of(Gates.Reached(name + "-leaving"), "OnDeactivateAsync");

        (await Await.Of(grain.InstanceAsync(), "the next activation")).ShouldBeGreaterThan(first);
    }

    [Fact]
    public async Task A_method_that_returns_no_task_fails_its_caller_and_the_grain_goes_on()
    {
        var grain = Grains.GetGrain<IRoughGrain>(Gates.New("null"));

        for (var call = 0; call < 80; call++)
        {
            (await Should.ThrowAsync<InvalidOperationException>(() => Await.Of(Task.Run(grain.NothingAtAllAsync), "a call of a method without a task")))
                .Message.ShouldContain("null");
            (await Should.ThrowAsync<InvalidOperationException>(() => Await.Of(Task.Run(grain.NoValueAtAllAsync), "a call of a method without a value")))
                .Message.ShouldContain("null");
        }

        (await Await.Of(grain.InstanceAsync(), "a call after that")).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_call_that_outlives_its_activation_still_times_out_at_its_caller()
    {
        var grain = Grains.GetGrain<IRoughGrain>(Gates.New("outlived"));

        // It never ends; the activation is given 0.2 s to go and goes without it.
        var failure = await Should.ThrowAsync<TimeoutException>(() => Await.Of(grain.LeaveAndHangAsync(), "the call to time out"));

        failure.Message.ShouldContain(nameof(IRoughGrain.LeaveAndHangAsync));
        (await grain.InstanceAsync()).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_grain_that_calls_itself_while_it_activates_is_a_failed_activation_and_not_the_end()
    {
        var name = Gates.New("narcissus");
        var failure = await Should.ThrowAsync<TimeoutException>(() => Await.Of(Grains.GetGrain<INarcissusGrain>(name).PingAsync(), "the activation to fail"));

        failure.Message.ShouldContain(nameof(INarcissusGrain.PingAsync));
        Gates.Open(name + "-cured");
        (await Await.Of(Grains.GetGrain<INarcissusGrain>(name).PingAsync(), "the next activation")).ShouldBe("pong");
    }

    [Fact]
    public async Task Failing_one_way_calls_and_tasks_nobody_awaits_leave_the_grain_alone()
    {
        var grain = Grains.GetGrain<IRoughGrain>(Gates.New("forgotten"));
        var instance = await grain.InstanceAsync();

        for (var call = 0; call < 100; call++)
        {
            await grain.FailUnheardAsync();
            await grain.ForgetFailureAsync();
        }

        (await grain.InstanceAsync()).ShouldBe(instance);
    }

    [Fact]
    public async Task One_way_calls_that_follow_each_other_keep_nothing_of_those_before()
    {
        var name = Gates.New("relay");

        var first = await Relay(name);
        await Await.Of(Gates.Reached(name + "-100"), "a hundred calls after the first");
        for (var round = 0; round < 20 && first.IsAlive; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        first.IsAlive.ShouldBeFalse();
        Gates.Open(name + "-stop");
    }

    [Fact]
    public async Task Deactivation_asked_for_from_everywhere_at_once_happens_once()
    {
        var name = Gates.New("crowd");
        var grain = Grains.GetGrain<IRoughGrain>(name);
        for (var round = 0; round < 50; round++)
        {
            var calls = Enumerable.Range(0, 8).Select(_ => Task.Run(() => grain.LeaveAsync(failsToLeave: false)))
                .Append(Task.Run(async () =>
                {
                    await _cluster.DeactivateAsync(grain);
                    return 0;
                })).ToArray();
            await Await.Of(Task.WhenAll(calls), "calls that all make the grain leave");
        }

        (await grain.InstanceAsync()).ShouldBeGreaterThan(0);
        RoughGrain.Alive(name).ShouldBeLessThanOrEqualTo(1);
    }

    private async Task<WeakReference> Relay(string name)
    {
        var load = new Load();
        await Grains.GetGrain<IRoughGrain>(name).RelayAsync(load, 0);
        return new WeakReference(load);
    }

    private static InProcessTestCluster Build()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(1));
            silo.Configure<GrainCollectionOptions>(options => options.DeactivationTimeout = TimeSpan.FromMilliseconds(200));
        });
        builder.ConfigureClient(client => client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(10)));
        return builder.Build();
    }
}

/// <summary>An argument that passes by reference.</summary>
[Immutable]
public sealed class Load;

public interface IRoughGrain : IGrainWithStringKey
{
    Task<int> LeaveAsync(bool failsToLeave);

    Task<int> InstanceAsync();

    Task NothingAtAllAsync();

    Task<string> NoValueAtAllAsync();

    [ResponseTimeout("00:00:01")]
    Task LeaveAndHangAsync();

    [OneWay]
    Task FailUnheardAsync();

    Task ForgetFailureAsync();

    [OneWay]
    Task RelayAsync([Immutable] Load? load, int number);
}

public sealed class RoughGrain : Grain, IRoughGrain
{
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, int> Living = new(StringComparer.Ordinal);
    private static int instances;
    private readonly int _instance = Interlocked.Increment(ref instances);
    private bool _failsToLeave;

    public static int Alive(string name) => Living.GetValueOrDefault(name);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
        => Living.AddOrUpdate(this.GetPrimaryKeyString(), 1, (_, count) => count + 1) == 1
            ? Task.CompletedTask
            : throw new InvalidOperationException("two activations at once");

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Living.AddOrUpdate(this.GetPrimaryKeyString(), 0, (_, count) => count - 1);
        Gates.Open(this.GetPrimaryKeyString() + "-leaving");
        return _failsToLeave ? throw new InvalidOperationException("I will not go") : Task.CompletedTask;
    }

    public Task<int> LeaveAsync(bool failsToLeave)
    {
        _failsToLeave = failsToLeave;
        DeactivateOnIdle();
        return Task.FromResult(_instance);
    }

    public Task<int> InstanceAsync() => Task.FromResult(_instance);

    public Task NothingAtAllAsync() => null!;

    public Task<string> NoValueAtAllAsync() => null!;

    public Task LeaveAndHangAsync()
    {
        DeactivateOnIdle();
        return new TaskCompletionSource().Task;
    }

    public Task FailUnheardAsync() => throw new InvalidOperationException("nobody hears");

    public Task ForgetFailureAsync()
    {
        _ = FailLaterAsync();
        return Task.CompletedTask;
    }

    public Task RelayAsync(Load? load, int number)
    {
        Gates.Open($"{this.GetPrimaryKeyString()}-{number}");
        return Gates.Reached(this.GetPrimaryKeyString() + "-stop").IsCompleted
            ? Task.CompletedTask
            : this.AsReference<IRoughGrain>().RelayAsync(null, number + 1);
    }

    private static async Task FailLaterAsync()
    {
        await Task.Yield();
        throw new InvalidOperationException("nobody awaits");
    }
}

public interface INarcissusGrain : IGrainWithStringKey
{
    Task<string> PingAsync();
}

public sealed class NarcissusGrain : Grain, INarcissusGrain
{
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (!Gates.Reached(this.GetPrimaryKeyString() + "-cured").IsCompleted)
        {
            await this.AsReference<INarcissusGrain>().PingAsync();
        }
    }

    public Task<string> PingAsync() => Task.FromResult("pong");
}
