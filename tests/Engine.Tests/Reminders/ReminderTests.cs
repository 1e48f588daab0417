using Orleans.Hosting;
using Orleans.TestingHost;
using VoiceOrdering.Engine.Tests.Support;

namespace VoiceOrdering.Engine.Tests.Reminders;

public sealed class ReminderTests : IAsyncLifetime
{
    private readonly InProcessTestCluster _cluster = Build();

    public Task InitializeAsync() => _cluster.DeployAsync();

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task A_reminder_wakes_its_grain_again_and_again_until_it_is_removed()
    {
        var name = Gates.New("reminded");
        var grain = _cluster.Client.GetGrain<IRemindedGrain>(name);
        await grain.RemindAsync("tea", TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(30));

        await Await.Of(Gates.Reached(name + "-tea-2"), "two ticks");
        await _cluster.DeactivateAsync(grain);
        await Await.Of(Gates.Reached(name + "-tea-activated-by-reminder"), "a tick that activates the grain");

        (await grain.NamesAsync()).ShouldBe(["tea"]);
        await grain.ForgetAsync("tea");
        (await grain.NamesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_period_below_the_minimum_is_refused()
    {
        await Should.ThrowAsync<ArgumentException>(
            () => _cluster.Client.GetGrain<IRemindedGrain>(Gates.New("hasty")).RemindAsync("x", TimeSpan.Zero, TimeSpan.FromMilliseconds(1)));
    }

    [Fact]
    public async Task Reminders_go_on_when_the_silo_that_ticks_them_is_killed()
    {
        var names = Enumerable.Range(0, 8).Select(_ => Gates.New("survivor")).ToArray();
        foreach (var name in names)
        {
            await _cluster.Client.GetGrain<IRemindedGrain>(name).RemindAsync("go", TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(50));
        }

        foreach (var name in names)
        {
            await Await.Of(Gates.Reached(name + "-go-1"), $"a tick of {name}");
        }

        await _cluster.KillSiloAsync(_cluster.Silos[0]);

        foreach (var name in names)
        {
            var next = await _cluster.Client.GetGrain<IRemindedGrain>(name).NextAsync("go");
            await Await.Of(Gates.Reached(next), $"a tick of {name} after the kill");
        }
    }

    private static InProcessTestCluster Build()
    {
        var builder = new InProcessTestClusterBuilder(2);
        builder.ConfigureSilo((_, silo) => silo
            .UseInMemoryReminderService()
            .Configure<ReminderOptions>(options => options.MinimumReminderPeriod = TimeSpan.FromMilliseconds(20)));
        return builder.Build();
    }
}

public interface IRemindedGrain : IGrainWithStringKey
{
    Task RemindAsync(string name, TimeSpan dueTime, TimeSpan period);

    Task ForgetAsync(string name);

    Task<List<string>> NamesAsync();

    Task<string> NextAsync(string name);
}

public sealed class RemindedGrain : Grain, IRemindedGrain, IRemindable
{
    // Counted over all activations, so that each tick opens a gate of its own.
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, int> Ticks = new();
    private bool _wasCalled;

    public Task RemindAsync(string name, TimeSpan dueTime, TimeSpan period)
    {
        _wasCalled = true;
        return this.RegisterOrUpdateReminder(name, dueTime, period);
    }

    public async Task ForgetAsync(string name) => await this.UnregisterReminder((await this.GetReminder(name))!);

    public async Task<List<string>> NamesAsync() => [.. (await this.GetReminders()).Select(reminder => reminder.ReminderName)];

    public Task<string> NextAsync(string name)
    {
        var key = $"{this.GetPrimaryKeyString()}-{name}";
        return Task.FromResult($"{key}-{Ticks.GetValueOrDefault(key) + 1}");
    }

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        var key = $"{this.GetPrimaryKeyString()}-{reminderName}";
        if (!_wasCalled && Ticks.GetValueOrDefault(key) > 0)
        {
            Gates.Open(key + "-activated-by-reminder");
        }

        Gates.Open($"{key}-{Ticks.AddOrUpdate(key, 1, (_, count) => count + 1)}");
        return Task.CompletedTask;
    }
}
