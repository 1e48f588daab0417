using Orleans.Runtime;

namespace Orleans;

/// <summary>Where reminders are stored. Register an implementation as a singleton to replace the one in memory.</summary>
public interface IReminderTable
{
    /// <summary>Prepares the table.</summary>
    Task StartAsync(CancellationToken cancellationToken = default) => Init();

    /// <summary>Prepares the table; <see cref="StartAsync"/> is what the runtime calls.</summary>
    Task Init() => Task.CompletedTask;

    /// <summary>All reminders of a grain.</summary>
    Task<ReminderTableData> ReadRows(GrainId grainId);

    /// <summary>All reminders of grains whose uniform hash is in (begin, end]; all when begin is not below end.</summary>
    Task<ReminderTableData> ReadRows(uint begin, uint end);

    /// <summary>One reminder; null when there is none.</summary>
    Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName);

    /// <summary>Stores a reminder whatever was there and gives its new version.</summary>
    Task<string> UpsertRow(ReminderEntry entry);

    /// <summary>Removes a reminder if its version is the given one.</summary>
    Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag);

    /// <summary>Removes everything.</summary>
    Task TestOnlyClearTable();

    /// <summary>Releases what the table holds.</summary>
    Task StopAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;
}
