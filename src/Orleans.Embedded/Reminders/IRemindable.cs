using Orleans.Runtime;

namespace Orleans;

/// <summary>A grain that reminders can wake.</summary>
public interface IRemindable : IGrain
{
    /// <summary>A reminder is due. Called at least once per due time while the application runs; late after an outage, never twice at once.</summary>
    Task ReceiveReminder(string reminderName, TickStatus status);
}
