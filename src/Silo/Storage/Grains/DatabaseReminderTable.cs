using System.Globalization;
using Dapper;
using Orleans.Runtime;
using VoiceOrdering.Silo.Storage.Relational;

namespace VoiceOrdering.Silo.Storage.Grains;

/// <summary>Reminders in the database, for the engine's reminder service.</summary>
internal sealed class DatabaseReminderTable(RelationalDatabase database) : IReminderTable
{
    private const string Columns = "grain_id AS GrainId, reminder_name AS ReminderName, start_at_ticks AS StartAtTicks, period_ticks AS PeriodTicks, etag AS ETag";

    private const string Upsert = """
        INSERT INTO reminders (grain_id, reminder_name, grain_hash, start_at_ticks, period_ticks, etag)
        VALUES (@Grain, @Name, @Hash, @StartAtTicks, @PeriodTicks, 1)
        ON CONFLICT (grain_id, reminder_name) DO UPDATE SET start_at_ticks = excluded.start_at_ticks, period_ticks = excluded.period_ticks,
          etag = reminders.etag + 1 RETURNING etag
        """;

    Task IReminderTable.Init() => Task.CompletedTask;

    Task IReminderTable.StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    Task IReminderTable.StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    async Task<ReminderEntry?> IReminderTable.ReadRow(GrainId grainId, string reminderName)
    {
        var id = grainId.ToString();
        var row = await database.ReadAsync(session => session.Connection.QueryFirstOrDefault<ReminderRow>(
            $"SELECT {Columns} FROM reminders WHERE grain_id = @Grain AND reminder_name = @Name", new { Grain = id, Name = reminderName }), CancellationToken.None);
        return row?.ToEntry();
    }

    Task<ReminderTableData> IReminderTable.ReadRows(GrainId grainId)
    {
        var id = grainId.ToString();
        return RowsAsync("grain_id = @Grain", new { Grain = id });
    }

    /// <summary>The part of the hash ring behind <paramref name="begin"/> up to and with <paramref name="end"/>; it may run over zero.</summary>
    Task<ReminderTableData> IReminderTable.ReadRows(uint begin, uint end) =>
        RowsAsync(begin < end ? "grain_hash > @Begin AND grain_hash <= @End" : "grain_hash > @Begin OR grain_hash <= @End", new { Begin = (long)begin, End = (long)end });

    Task<bool> IReminderTable.RemoveRow(GrainId grainId, string reminderName, string eTag)
    {
        var id = grainId.ToString();
        var expected = long.TryParse(eTag, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;
        return database.WriteAsync(session => session.Connection.Execute(
            "DELETE FROM reminders WHERE grain_id = @Grain AND reminder_name = @Name AND etag = @ETag", new { Grain = id, Name = reminderName, ETag = expected }) == 1, CancellationToken.None);
    }

    Task<string> IReminderTable.UpsertRow(ReminderEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var row = new
        {
            Grain = entry.GrainId.ToString(),
            Name = entry.ReminderName,
            Hash = (long)entry.GrainId.GetUniformHashCode(),
            StartAtTicks = entry.StartAt.ToUniversalTime().Ticks,
            PeriodTicks = entry.Period.Ticks,
        };
        return database.WriteAsync(session => session.Connection.ExecuteScalar<long>(Upsert, row).ToString(CultureInfo.InvariantCulture), CancellationToken.None);
    }

    Task IReminderTable.TestOnlyClearTable() => database.WriteAsync(session => session.Connection.Execute("DELETE FROM reminders"), CancellationToken.None);

    private Task<ReminderTableData> RowsAsync(string condition, object parameters) => database.ReadAsync(
        session => new ReminderTableData(session.Connection.Query<ReminderRow>($"SELECT {Columns} FROM reminders WHERE {condition}", parameters).Select(row => row.ToEntry())),
        CancellationToken.None);

    private sealed class ReminderRow
    {
        public string GrainId { get; set; } = "";
        public string ReminderName { get; set; } = "";
        public long StartAtTicks { get; set; }
        public long PeriodTicks { get; set; }
        public long ETag { get; set; }

        public ReminderEntry ToEntry() => new()
        {
            GrainId = Orleans.Runtime.GrainId.Parse(GrainId),
            ReminderName = ReminderName,
            StartAt = new DateTime(StartAtTicks, DateTimeKind.Utc),
            Period = new TimeSpan(PeriodTicks),
            ETag = ETag.ToString(CultureInfo.InvariantCulture),
        };
    }
}
