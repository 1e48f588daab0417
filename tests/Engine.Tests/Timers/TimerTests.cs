using VoiceOrdering.Engine.Tests.Support;

namespace VoiceOrdering.Engine.Tests.Timers;

[Collection(EngineCollection.Name)]
public class TimerTests(EngineFixture engine)
{
    [Fact]
    public async Task A_timer_ticks_on_the_scheduler_of_its_activation()
    {
        var name = Gates.New("ticks");
        await engine.Grains.GetGrain<ITimerGrain>(name).StartAsync(name, 3, false);

        (await Await.Of(Gates.Reached(name + "-3"), "three ticks")).ShouldBe("own scheduler");
    }

    [Fact]
    public async Task A_tick_waits_for_a_running_call_unless_it_may_interleave()
    {
        var waits = Gates.New("waits");
        var grain = engine.Grains.GetGrain<ITimerGrain>(waits);
        var holding = grain.HoldAsync(waits, false);
        var interleaves = Gates.New("interleaves");
        var other = engine.Grains.GetGrain<ITimerGrain>(interleaves);
        var otherHolding = other.HoldAsync(interleaves, true);

        await Await.Of(Gates.Reached(interleaves + "-1"), "the interleaving tick");
        Gates.Reached(waits + "-1").IsCompleted.ShouldBeFalse();
        Gates.Open(waits + "-release");
        Gates.Open(interleaves + "-release");

        await Await.Of(Gates.Reached(waits + "-1"), "the waiting tick");
        await Task.WhenAll(holding, otherHolding);
    }

    [Fact]
    public async Task A_disposed_timer_ticks_no_more()
    {
        var name = Gates.New("disposed");
        var grain = engine.Grains.GetGrain<ITimerGrain>(name);
        await grain.StartAsync(name, int.MaxValue, false);
        await Await.Of(Gates.Reached(name + "-1"), "a tick");

        var ticks = await grain.StopAsync();

        // Another timer of the same grain that ticks three times shows that time went on.
        var clock = Gates.New("clock");
        await grain.StartAsync(clock, 3, false);
        await Await.Of(Gates.Reached(clock + "-3"), "the other timer");
        (await grain.TicksAsync(name)).ShouldBe(ticks);
    }

    [Fact]
    public async Task A_timer_can_be_changed()
    {
        var name = Gates.New("changed");
        var grain = engine.Grains.GetGrain<ITimerGrain>(name);
        await grain.StartLateAsync(name);
        Gates.Reached(name + "-1").IsCompleted.ShouldBeFalse();

        await grain.HurryAsync();

        await Await.Of(Gates.Reached(name + "-1"), "the tick of the changed timer");
    }
}

public interface ITimerGrain : IGrainWithStringKey
{
    Task StartAsync(string name, int ticks, bool interleaves);

    Task StartLateAsync(string name);

    Task HurryAsync();

    Task HoldAsync(string name, bool interleaves);

    Task<int> StopAsync();

    Task<int> TicksAsync(string name);
}

public sealed class TimerGrain : Grain, ITimerGrain
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(5);
    private readonly Dictionary<string, int> _ticks = [];
    private IGrainTimer? _timer;
    private TaskScheduler? _own;

    public Task StartAsync(string name, int ticks, bool interleaves)
    {
        _own = TaskScheduler.Current;
        IGrainTimer? timer = null;
        timer = _timer = this.RegisterGrainTimer(
            async (state, token) =>
            {
                await Task.Yield();
                var count = Tick(state);
                if (count >= ticks)
                {
                    timer!.Dispose();
                }
            },
            name,
            new GrainTimerCreationOptions(Short, Short) { Interleave = interleaves });
        return Task.CompletedTask;
    }

    public Task StartLateAsync(string name)
    {
        _timer = this.RegisterGrainTimer(() => Task.FromResult(Tick(name)), TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    public Task HurryAsync()
    {
        _timer!.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    public async Task HoldAsync(string name, bool interleaves)
    {
        await StartAsync(name, 1, interleaves);
        await Gates.Reached(name + "-release");
    }

    public Task<int> StopAsync()
    {
        _timer!.Dispose();
        return Task.FromResult(_ticks.Values.Sum());
    }

    public Task<int> TicksAsync(string name) => Task.FromResult(_ticks.GetValueOrDefault(name));

    private int Tick(string name)
    {
        var count = _ticks[name] = _ticks.GetValueOrDefault(name) + 1;
        Gates.Open($"{name}-{count}", TaskScheduler.Current == _own ? "own scheduler" : "another scheduler");
        return count;
    }
}
