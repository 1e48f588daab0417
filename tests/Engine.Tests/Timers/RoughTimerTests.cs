using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using VoiceOrdering.Engine.Tests.Support;
using VoiceOrdering.TestKit.Time;

namespace VoiceOrdering.Engine.Tests.Timers;

[Collection(EngineCollection.Name)]
public sealed class RoughTimerTests(EngineFixture engine)
{
    [Fact]
    public async Task A_timer_that_throws_ticks_again()
    {
        var name = Gates.New("throws");
        await engine.Grains.GetGrain<IRoughTimerGrain>(name).ThrowAsync(name);

        await Await.Of(Gates.Reached(name + "-3"), "the third tick of a timer that always throws");
    }

    [Fact]
    public async Task A_tick_that_waits_hears_of_deactivation_in_a_turn_and_does_not_hold_it_up()
    {
        var name = Gates.New("waits");
        var grain = engine.Grains.GetGrain<IRoughTimerGrain>(name);
        await grain.WaitForTokenAsync(name, interleaves: false);
        await Await.Of(Gates.Reached(name + "-ticking"), "the tick");

        await Await.Of(engine.Cluster.DeactivateAsync(grain), "deactivation");

        (await Await.Of(Gates.Reached(name + "-cancelled"), "the tick to hear of it")).ShouldBe("in turn");
    }

    [Fact]
    public async Task A_timer_may_dispose_itself_and_start_another()
    {
        var name = Gates.New("phoenix");
        await engine.Grains.GetGrain<IRoughTimerGrain>(name).RestartAsync(name, 5);

        await Await.Of(Gates.Reached(name + "-0"), "the last of five timers that each start the next");
    }

    [Fact]
    public async Task A_timer_keeps_its_grain_from_collection_only_when_it_is_told_to()
    {
        var time = new ManualTimeProvider();
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) => silo.ConfigureServices(services => services.AddSingleton<TimeProvider>(time)));
        await using var cluster = builder.Build();
        await cluster.DeployAsync();
        var idle = Gates.New("idle-timer");
        var kept = Gates.New("kept-timer");
        var tickAt = TimeSpan.FromMinutes(10);
        await cluster.Client.GetGrain<IRoughTimerGrain>(idle).TickOnceAsync(tickAt, keepsAlive: false);
        await cluster.Client.GetGrain<IRoughTimerGrain>(kept).TickOnceAsync(tickAt, keepsAlive: true);

        // Both were called ten minutes ago and tick now; five minutes later only one of the two counts as used since.
        time.Advance(tickAt);
        await Await.Of(Gates.Reached(idle + "-ticked"), "the tick of the one");
        await Await.Of(Gates.Reached(kept + "-ticked"), "the tick of the other");
        time.Advance(TimeSpan.FromMinutes(5));
        await cluster.Client.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.FromMinutes(12));

        await Await.Of(Gates.Reached(idle + "-gone"), "the idle grain to go");
        cluster.TryGetGrainContext(cluster.Client.GetGrain<IRoughTimerGrain>(kept).GetGrainId(), out _).ShouldBeTrue();
    }
}

public interface IRoughTimerGrain : IGrainWithStringKey
{
    Task ThrowAsync(string name);

    Task WaitForTokenAsync(string name, bool interleaves);

    Task RestartAsync(string name, int left);

    Task TickOnceAsync(TimeSpan dueTime, bool keepsAlive);
}

public sealed class RoughTimerGrain : Grain, IRoughTimerGrain
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(5);
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, int> Ticks = new(StringComparer.Ordinal);

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Gates.Open(this.GetPrimaryKeyString() + "-gone");
        return Task.CompletedTask;
    }

    public Task ThrowAsync(string name)
    {
        this.RegisterGrainTimer(
            () =>
            {
                Count(name);
                throw new InvalidOperationException("every time");
            },
            new GrainTimerCreationOptions(Short, Short));
        return Task.CompletedTask;
    }

    public Task WaitForTokenAsync(string name, bool interleaves)
    {
        var own = TaskScheduler.Current;
        this.RegisterGrainTimer(
            async token =>
            {
                var cancelled = new TaskCompletionSource();
                await using var registration = token.Register(() =>
                {
                    Gates.Open(name + "-cancelled", TaskScheduler.Current == own ? "in turn" : "outside");
                    cancelled.SetResult();
                });
                Gates.Open(name + "-ticking");
                await cancelled.Task;
            },
            new GrainTimerCreationOptions(TimeSpan.Zero, Timeout.InfiniteTimeSpan) { Interleave = interleaves });
        return Task.CompletedTask;
    }

    public Task RestartAsync(string name, int left)
    {
        IGrainTimer? timer = null;
        timer = this.RegisterGrainTimer(
            async () =>
            {
                timer!.Dispose();
                Gates.Open($"{name}-{left}");
                if (left > 0)
                {
                    await RestartAsync(name, left - 1);
                }
            },
            new GrainTimerCreationOptions(TimeSpan.Zero, Short));
        return Task.CompletedTask;
    }

    public Task TickOnceAsync(TimeSpan dueTime, bool keepsAlive)
    {
        this.RegisterGrainTimer(
            () =>
            {
                // Opened by a turn of its own, when this one and with it the tick is over.
                _ = Task.Factory.StartNew(
                    () => Gates.Open(this.GetPrimaryKeyString() + "-ticked"), CancellationToken.None, TaskCreationOptions.None, TaskScheduler.Current);
                return Task.CompletedTask;
            },
            new GrainTimerCreationOptions(dueTime, Timeout.InfiniteTimeSpan) { KeepAlive = keepsAlive });
        return Task.CompletedTask;
    }

    private static void Count(string name) => Gates.Open($"{name}-{Ticks.AddOrUpdate(name, 1, (_, count) => count + 1)}");
}
