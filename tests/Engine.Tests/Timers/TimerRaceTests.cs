using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using VoiceOrdering.Engine.Tests.Support;

namespace VoiceOrdering.Engine.Tests.Timers;

/// <summary>A grain is deactivated by another thread at the very moment it registers a timer.</summary>
public sealed class TimerRaceTests
{
    [Fact]
    public async Task A_timer_that_is_being_made_does_not_disturb_a_deactivation_and_does_not_outlive_it()
    {
        var time = new WatchedTime();
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) => silo.ConfigureServices(services => services.AddSingleton<TimeProvider>(time)));
        await using var cluster = builder.Build();
        await cluster.DeployAsync();
        var name = Gates.New("race");
        var grain = cluster.Client.GetGrain<ITimerRaceGrain>(name);

        TimerRaceGrain.Meanwhile[name] = () =>
        {
            cluster.TryGetGrainContext(grain.GetGrainId(), out var context).ShouldBeTrue();
            Task.Run(() => context!.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "the race"), CancellationToken.None)).Wait(TimeSpan.FromSeconds(30)).ShouldBeTrue();
        };
        await Await.Of(grain.RegisterAsync(), "the call that makes the timer");

        await Await.Of(Gates.Reached(name + "-gone"), "the grain to go");
        (await Await.Of(grain.InstanceAsync(), "the next activation")).ShouldBe(2);
    }

    /// <summary>Tells the thread that asked for it when a timer is made.</summary>
    private sealed class WatchedTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var seen = TimerRaceGrain.OnThisThread;
            TimerRaceGrain.OnThisThread = null;
            seen?.Invoke();
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}

public interface ITimerRaceGrain : IGrainWithStringKey
{
    /// <summary>Registers a timer and lets something happen in the midst of it.</summary>
    Task RegisterAsync();

    Task<int> InstanceAsync();
}

public sealed class TimerRaceGrain : Grain, ITimerRaceGrain
{
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, int> Instances = new();

    internal static readonly System.Collections.Concurrent.ConcurrentDictionary<string, Action> Meanwhile = new();

    [ThreadStatic]
    internal static Action? OnThisThread;

    private int _instance;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _instance = Instances.AddOrUpdate(this.GetPrimaryKeyString(), 1, (_, before) => before + 1);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Gates.Open(this.GetPrimaryKeyString() + "-gone");
        return Task.CompletedTask;
    }

    public Task RegisterAsync()
    {
        OnThisThread = Meanwhile[this.GetPrimaryKeyString()];
        this.RegisterGrainTimer(_ => Task.CompletedTask, new GrainTimerCreationOptions(TimeSpan.FromHours(1), TimeSpan.FromHours(1)));
        return Task.CompletedTask;
    }

    public Task<int> InstanceAsync() => Task.FromResult(_instance);
}
