using Orleans.Runtime;
using VoiceOrdering.Silo.Storage.Grains;

namespace VoiceOrdering.Silo.Tests.Storage;

/// <summary>What a reminder table must do, on every database.</summary>
public abstract class ReminderTableConformance(TestDatabase file) : IDisposable
{
    private static readonly GrainId Grain = GrainId.Create("session", "one");

    private IReminderTable Table => new DatabaseReminderTable(file.Database);

    public void Dispose()
    {
        file.Dispose();
        GC.SuppressFinalize(this);
    }

    [DatabaseFact]
    public async Task A_reminder_outlives_the_process_to_the_tick()
    {
        var entry = Entry(Grain, "purge");
        var etag = await Table.UpsertRow(entry).InTimeAsync();
        file.Close();
        var read = (await Table.ReadRow(Grain, "purge").InTimeAsync()).ShouldNotBeNull();
        (read.GrainId, read.ReminderName, read.StartAt, read.Period, read.ETag).ShouldBe((Grain, "purge", entry.StartAt, entry.Period, etag));
        (await Table.ReadRow(Grain, "other").InTimeAsync()).ShouldBeNull();
    }

    [DatabaseFact]
    public async Task Removing_needs_the_present_etag()
    {
        var first = await Table.UpsertRow(Entry(Grain, "purge")).InTimeAsync();
        var second = await Table.UpsertRow(Entry(Grain, "purge")).InTimeAsync();
        second.ShouldNotBe(first);
        (await Table.RemoveRow(Grain, "purge", first).InTimeAsync()).ShouldBeFalse();
        (await Table.RemoveRow(Grain, "purge", second).InTimeAsync()).ShouldBeTrue();
        (await Table.RemoveRow(Grain, "purge", second).InTimeAsync()).ShouldBeFalse();
        (await Table.ReadRows(Grain).InTimeAsync()).Reminders.ShouldBeEmpty();
    }

    [DatabaseFact]
    public async Task Every_reminder_is_in_exactly_one_part_of_the_ring()
    {
        var grains = Enumerable.Range(0, 200).Select(i => GrainId.Create("session", $"grain-{i}")).ToArray();
        await Task.WhenAll(grains.Select(grain => Table.UpsertRow(Entry(grain, "r")))).InTimeAsync();
        uint[] cuts = [0x2000_0000, 0x8000_0000, 0xE000_0000];
        var parts = new List<ReminderTableData>();
        for (var i = 0; i < cuts.Length; i++)
        {
            parts.Add(await Table.ReadRows(cuts[i], cuts[(i + 1) % cuts.Length]).InTimeAsync());
        }
        parts.ShouldAllBe(part => part.Reminders.Count > 0);
        parts.SelectMany(part => part.Reminders).Select(r => r.GrainId.ToString()).Order(StringComparer.Ordinal).ShouldBe(grains.Select(g => g.ToString()).Order(StringComparer.Ordinal));
        (await Table.ReadRows(0, 0).InTimeAsync()).Reminders.Count.ShouldBe(200, "equal ends are the whole ring");
        var edge = grains[0].GetUniformHashCode();
        (await Table.ReadRows(edge - 1, edge).InTimeAsync()).Reminders.Select(r => r.GrainId).ShouldContain(grains[0], "the end belongs to the part");
        (await Table.ReadRows(edge, edge + 1).InTimeAsync()).Reminders.Select(r => r.GrainId).ShouldNotContain(grains[0], "the begin does not");
    }

    private static ReminderEntry Entry(GrainId grain, string name) => new()
    {
        GrainId = grain,
        ReminderName = name,
        StartAt = new DateTime(2026, 11, 20, 12, 30, 15, DateTimeKind.Utc).AddTicks(1_234_567),
        Period = TimeSpan.FromHours(24),
    };
}

public sealed class SqliteReminderTableTests() : ReminderTableConformance(new TemporaryFile());

[NeedsPostgres]
public sealed class PostgresReminderTableTests() : ReminderTableConformance(new TemporaryPostgres());
