using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Timers;
using OrleansEmbedded.Hosting;
using OrleansEmbedded.Placement;

namespace OrleansEmbedded.Reminders;

/// <summary>
/// Keeps reminders in the table and ticks those whose grains this silo is responsible for. Ticks missed while no silo ran are skipped: the
/// next one comes at its regular time.
/// </summary>
internal sealed class ReminderService : IReminderRegistry, ILifecycleParticipant<ISiloLifecycle>
{
    private readonly SiloNode _silo;
    private readonly IReminderTable _table;
    private readonly ReminderOptions _options;
    private readonly Dictionary<(GrainId, string), LocalReminder> _local = [];
    private readonly Lock _gate = new();
    private ITimer? _refresh;
    private int _changes;
    private volatile bool _running;

    public ReminderService(SiloNode silo, IReminderTable table, IOptions<ReminderOptions> options)
    {
        _silo = silo;
        _table = table;
        _options = options.Value;
        silo.Reminders = this;
    }

    public void Participate(ISiloLifecycle lifecycle)
        => lifecycle.Subscribe<ReminderService>(ServiceLifecycleStage.Active, StartAsync, StopAsync);

    public async Task<IGrainReminder> RegisterOrUpdateReminder(GrainId callingGrainId, string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reminderName);
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
        if (period < _options.MinimumReminderPeriod)
        {
            throw new ArgumentException(
                $"Cannot register reminder {reminderName} of {callingGrainId}: its period of {period} is below the minimum of {_options.MinimumReminderPeriod}.",
                nameof(period));
        }

        var entry = new ReminderEntry
        {
            GrainId = callingGrainId,
            ReminderName = reminderName,
            StartAt = _silo.Time.GetUtcNow().UtcDateTime + dueTime,
            Period = period,
        };
        entry.ETag = await _table.UpsertRow(entry);
        (Responsible(callingGrainId) ?? this).StartLocal(entry);
        return new ReminderHandle(callingGrainId, reminderName, entry.ETag);
    }

    public async Task UnregisterReminder(GrainId callingGrainId, IGrainReminder reminder)
    {
        ArgumentNullException.ThrowIfNull(reminder);
        if (reminder is not ReminderHandle handle || !await _table.RemoveRow(callingGrainId, handle.ReminderName, handle.ETag))
        {
            throw new ReminderException($"Could not unregister reminder {reminder.ReminderName} of {callingGrainId}: it was changed or removed meanwhile.");
        }

        (Responsible(callingGrainId) ?? this).StopLocal(callingGrainId, reminder.ReminderName);
    }

    public async Task<IGrainReminder?> GetReminder(GrainId callingGrainId, string reminderName)
        => await _table.ReadRow(callingGrainId, reminderName) is { } row ? new ReminderHandle(row.GrainId, row.ReminderName, row.ETag) : null;

    public async Task<List<IGrainReminder>> GetReminders(GrainId callingGrainId)
        => [.. (await _table.ReadRows(callingGrainId)).Reminders.Select(row => new ReminderHandle(row.GrainId, row.ReminderName, row.ETag))];

    private ReminderService? Responsible(GrainId id) => PlacementDirector.Owner(_silo.Cluster, id)?.Reminders;

    private void StartLocal(ReminderEntry entry)
    {
        lock (_gate)
        {
            _changes++;
            if (!_running)
            {
                return;
            }

            if (_local.Remove((entry.GrainId, entry.ReminderName), out var old))
            {
                old.Dispose();
            }

            var started = new LocalReminder(_silo, entry);
            _local[(entry.GrainId, entry.ReminderName)] = started;
            started.Arm();
        }
    }

    private void StopLocal(GrainId id, string name)
    {
        lock (_gate)
        {
            _changes++;
            if (_local.Remove((id, name), out var reminder))
            {
                reminder.Dispose();
            }
        }
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_options.InitializationTimeout);
        await _table.StartAsync(limit.Token);
        _running = true;
        await RefreshAsync();
        _silo.Cluster.Changed += OnMembershipChanged;
        _refresh = _silo.Time.CreateTimer(
            static state => _ = ((ReminderService)state!).TryRefreshAsync(), this, _options.RefreshReminderListPeriod, _options.RefreshReminderListPeriod);
    }

    private async Task StopAsync(CancellationToken cancellationToken)
    {
        StopAll();
        await _table.StopAsync(cancellationToken);
    }

    private void StopAll()
    {
        _silo.Cluster.Changed -= OnMembershipChanged;
        _refresh?.Dispose();
        lock (_gate)
        {
            _running = false;
            foreach (var reminder in _local.Values)
            {
                reminder.Dispose();
            }

            _local.Clear();
        }
    }

    private void OnMembershipChanged() => _ = TryRefreshAsync();

    private async Task TryRefreshAsync()
    {
        try
        {
            await RefreshAsync();
        }
        catch (Exception failure)
        {
            _silo.Log.ReminderFailed(default, "the table", failure);
        }
    }

    /// <summary>Reads the table: starts what became this silo's and stops what is no more.</summary>
    private async Task RefreshAsync()
    {
        for (var isDone = false; !isDone;)
        {
            var seen = Volatile.Read(ref _changes);
            var rows = (await _table.ReadRows(0, 0)).Reminders;
            if (!_running || _silo.IsDead)
            {
                StopAll();
                return;
            }

            isDone = TryApply(rows, seen);
        }
    }

    /// <summary>False when a reminder was registered or removed while the table was read: the rows may be older than what runs.</summary>
    private bool TryApply(IEnumerable<ReminderEntry> rows, int seen)
    {
        var mine = rows.Where(row => ReferenceEquals(Responsible(row.GrainId) ?? this, this)).ToDictionary(row => (row.GrainId, row.ReminderName));
        lock (_gate)
        {
            if (seen != _changes)
            {
                return false;
            }

            foreach (var (key, reminder) in _local.ToArray())
            {
                if (!mine.TryGetValue(key, out var row) || row.ETag != reminder.ETag)
                {
                    StopLocal(key.Item1, key.Item2);
                }
            }

            foreach (var row in mine.Values.Where(row => !_local.ContainsKey((row.GrainId, row.ReminderName))))
            {
                StartLocal(row);
            }

            return true;
        }
    }
}
