using System.Collections.Concurrent;
using System.Globalization;
using Orleans;
using Orleans.Runtime;
using OrleansEmbedded.Membership;

namespace OrleansEmbedded.Reminders;

/// <summary>Reminders in memory, shared by the silos of the process.</summary>
internal sealed class MemoryReminderTable(InProcessCluster cluster) : IReminderTable
{
    private readonly Rows _rows = (Rows)cluster.Shared.GetOrAdd("reminders", _ => new Rows());

    public Task<ReminderTableData> ReadRows(GrainId grainId)
        => Task.FromResult(new ReminderTableData(_rows.ByKey.Values.Where(row => row.GrainId == grainId).Select(Copy)));

    public Task<ReminderTableData> ReadRows(uint begin, uint end)
        => Task.FromResult(new ReminderTableData(_rows.ByKey.Values.Where(row => IsIn(row.GrainId.GetUniformHashCode(), begin, end)).Select(Copy)));

    public Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName)
        => Task.FromResult(_rows.ByKey.TryGetValue((grainId, reminderName), out var row) ? Copy(row) : null);

    public Task<string> UpsertRow(ReminderEntry entry)
    {
        var row = Copy(entry);
        row.ETag = Interlocked.Increment(ref _rows.LastVersion).ToString(CultureInfo.InvariantCulture);
        _rows.ByKey[(entry.GrainId, entry.ReminderName)] = row;
        return Task.FromResult(row.ETag);
    }

    public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag)
        => Task.FromResult(_rows.ByKey.TryGetValue((grainId, reminderName), out var row) && row.ETag == eTag
            && _rows.ByKey.TryRemove(new KeyValuePair<(GrainId, string), ReminderEntry>((grainId, reminderName), row)));

    public Task TestOnlyClearTable()
    {
        _rows.ByKey.Clear();
        return Task.CompletedTask;
    }

    private static bool IsIn(uint hash, uint begin, uint end) => begin < end ? hash > begin && hash <= end : hash > begin || hash <= end;

    private static ReminderEntry Copy(ReminderEntry row) => new()
    {
        GrainId = row.GrainId,
        ReminderName = row.ReminderName,
        StartAt = row.StartAt,
        Period = row.Period,
        ETag = row.ETag,
    };

    private sealed class Rows
    {
        public ConcurrentDictionary<(GrainId, string), ReminderEntry> ByKey { get; } = new();

        public long LastVersion;
    }
}
