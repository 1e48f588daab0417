using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace OrleansEmbedded.Reminders;

internal static class ReminderServices
{
    public static void Add(IServiceCollection services)
    {
    }
}
internal sealed class MemoryReminderTable : IReminderTable
{
    public Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) => throw new NotSupportedException();
    public Task<ReminderTableData> ReadRows(GrainId grainId) => throw new NotSupportedException();
    public Task<ReminderTableData> ReadRows(uint begin, uint end) => throw new NotSupportedException();
    public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) => throw new NotSupportedException();
    public Task TestOnlyClearTable() => throw new NotSupportedException();
    public Task<string> UpsertRow(ReminderEntry entry) => throw new NotSupportedException();
}
