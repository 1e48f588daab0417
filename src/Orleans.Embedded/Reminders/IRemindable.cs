using Orleans.Runtime;

namespace Orleans;

/// <summary>A grain that reminders can wake.</summary>
public interface IRemindable : IGrain
{
    /// <summary>A reminder is due. Called once per due time while a silo runs, never twice at once; ticks missed while none ran are skipped.</summary>
    Task ReceiveReminder(string reminderName, TickStatus status);
}
