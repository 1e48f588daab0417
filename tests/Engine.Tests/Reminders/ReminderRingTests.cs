using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using VoiceOrdering.Engine.Tests.Support;
using VoiceOrdering.TestKit.Time;

namespace VoiceOrdering.Engine.Tests.Reminders;

/// <summary>Who ticks a reminder: one silo of those that live, and after a restart as before.</summary>
public sealed class ReminderRingTests
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly ArmedTime _time = new();
    private readonly KeptReminders _table = new();

    /// <summary>The silos that ticked a reminder, by reminder and time.</summary>
    private readonly ConcurrentDictionary<(string Name, DateTime At), ConcurrentBag<string>> _ticks = new();

    [Fact]
    public async Task Each_reminder_is_ticked_by_one_silo_and_by_another_one_after_that_has_stopped()
    {
        await using var cluster = await StartAsync(2);
        var names = await RemindAsync(cluster, 40);

        var first = await TickAsync(names, 1);
        first.Values.Distinct().Count().ShouldBe(2);
        var leaver = cluster.Silos[0];
        await cluster.StopSiloAsync(leaver);
        var second = await TickAsync(names, 2);

        second.Values.ShouldAllBe(silo => silo != leaver.Name);
        first.Where(pair => pair.Value != leaver.Name).ShouldAllBe(pair => second[pair.Key] == pair.Value);
        await cluster.StartAdditionalSiloAsync();
        (await TickAsync(names, 3)).Values.Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task Reminders_are_stored_and_go_on_at_their_times_after_a_restart()
    {
        string[] names;
        await using (var before = await StartAsync(1))
        {
            names = await RemindAsync(before, 5);
            await TickAsync(names, 1);
        }

        // Four ticks pass while no silo runs; they are not made up for.
        _time.Advance(Period * 4);
        await using var after = await StartAsync(1);
        await TickAsync(names, 6);

        _ticks.Count.ShouldBe(10);
        (await after.Client.GetGrain<IRemindedGrain>(names[0]).NamesAsync()).ShouldBe(["ring"]);
    }

    private static async Task<string[]> RemindAsync(InProcessTestCluster cluster, int count)
    {
        var names = Enumerable.Range(0, count).Select(_ => Gates.New("ring")).ToArray();
        foreach (var name in names)
        {
            await cluster.Client.GetGrain<IRemindedGrain>(name).RemindAsync("ring", Period, Period);
        }

        return names;
    }

    /// <summary>Lets the time of the n-th tick come and gives the one silo that each reminder was ticked by.</summary>
    private async Task<Dictionary<string, string>> TickAsync(string[] names, int number)
    {
        _time.Advance(Period);
        var at = (_time.Start + (Period * number)).UtcDateTime;
        foreach (var name in names)
        {
            await Await.Of(Gates.Reached($"{name}-ticked-{at:O}"), $"tick {number} of {name}");
        }

        foreach (var name in names)
        {
            await Await.Of(_time.Armed.WaitAsync(), $"a reminder to wait for its next tick after tick {number}");
        }

        return names.ToDictionary(name => name, name => _ticks[(name, at)].ShouldHaveSingleItem());
    }

    private async Task<InProcessTestCluster> StartAsync(short silos)
    {
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((options, silo) => silo
            .AddReminders()
            .ConfigureServices(services => services.AddSingleton<TimeProvider>(_time).AddSingleton<IReminderTable>(_table))
            .AddOutgoingGrainCallFilter(async context =>
            {
                await context.Invoke();
                if (context.MethodName == nameof(IRemindable.ReceiveReminder))
                {
                    var name = context.TargetId.Key.ToString()!;
                    var at = ((TickStatus)context.Request.GetArgument(1)!).CurrentTickTime;
                    _ticks.GetOrAdd((name, at), _ => []).Add(options.SiloName);
                    Gates.Open($"{name}-ticked-{at:O}");
                }
            }));
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return cluster;
    }

    /// <summary>Time that is moved by hand and tells when a timer was set again.</summary>
    private sealed class ArmedTime : TimeProvider
    {
        private readonly ManualTimeProvider _inner = new();

        public SemaphoreSlim Armed { get; } = new(0);

        public DateTimeOffset Start => _inner.Start;

        public override long TimestampFrequency => _inner.TimestampFrequency;

        public void Advance(TimeSpan by) => _inner.Advance(by);

        public override DateTimeOffset GetUtcNow() => _inner.GetUtcNow();

        public override long GetTimestamp() => _inner.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
            => new Timer(_inner.CreateTimer(callback, state, dueTime, period), Armed);

        private sealed class Timer(ITimer inner, SemaphoreSlim armed) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                var isChanged = inner.Change(dueTime, period);
                armed.Release();
                return isChanged;
            }

            public void Dispose() => inner.Dispose();

            public ValueTask DisposeAsync() => inner.DisposeAsync();
        }
    }

    /// <summary>A table that outlives silos, as a database does.</summary>
    private sealed class KeptReminders : IReminderTable
    {
        private readonly ConcurrentDictionary<(GrainId, string), ReminderEntry> _rows = new();
        private int _lastVersion;

        public Task<ReminderTableData> ReadRows(GrainId grainId) => Task.FromResult(new ReminderTableData(_rows.Values.Where(row => row.GrainId == grainId)));

        public Task<ReminderTableData> ReadRows(uint begin, uint end) => Task.FromResult(new ReminderTableData(_rows.Values));

        public Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) => Task.FromResult(_rows.GetValueOrDefault((grainId, reminderName)));

        public Task<string> UpsertRow(ReminderEntry entry)
        {
            var version = Interlocked.Increment(ref _lastVersion).ToString(System.Globalization.CultureInfo.InvariantCulture);
            _rows[(entry.GrainId, entry.ReminderName)] = new ReminderEntry
            {
                GrainId = entry.GrainId,
                ReminderName = entry.ReminderName,
                StartAt = entry.StartAt,
                Period = entry.Period,
                ETag = version,
            };
            return Task.FromResult(version);
        }

        public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag)
            => Task.FromResult(_rows.TryGetValue((grainId, reminderName), out var row) && row.ETag == eTag && _rows.TryRemove((grainId, reminderName), out _));

        public Task TestOnlyClearTable()
        {
            _rows.Clear();
            return Task.CompletedTask;
        }
    }
}
