using System.Collections.Concurrent;
using Orleans.Timers;

namespace VoiceOrdering.Grains.Tests.Cluster;

/// <summary>Keeps reminders without ever ringing: the tests ring them, at the time of their choice.</summary>
internal sealed class RecordedReminders : IReminderRegistry
{
    private readonly ConcurrentDictionary<(GrainId Grain, string Name), TimeSpan> _due = new();

    public TimeSpan? DueOf(IAddressable grain, string name) => _due.TryGetValue((grain.GetGrainId(), name), out var due) ? due : null;

    public Task<IGrainReminder> RegisterOrUpdateReminder(GrainId callingGrainId, string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        _due[(callingGrainId, reminderName)] = dueTime;
        return Task.FromResult<IGrainReminder>(new Reminder(reminderName));
    }

    public Task UnregisterReminder(GrainId callingGrainId, IGrainReminder reminder)
    {
        _due.TryRemove((callingGrainId, reminder.ReminderName), out _);
        return Task.CompletedTask;
    }

    public Task<IGrainReminder?> GetReminder(GrainId callingGrainId, string reminderName) =>
        Task.FromResult<IGrainReminder?>(_due.ContainsKey((callingGrainId, reminderName)) ? new Reminder(reminderName) : null);

    public Task<List<IGrainReminder>> GetReminders(GrainId callingGrainId) =>
        Task.FromResult(_due.Keys.Where(key => key.Grain == callingGrainId).Select(key => (IGrainReminder)new Reminder(key.Name)).ToList());

    private sealed record Reminder(string ReminderName) : IGrainReminder;
}
