using Orleans.Runtime;

namespace OrleansEmbedded.Reminders;

internal sealed record ReminderHandle(GrainId GrainId, string ReminderName, string ETag) : IGrainReminder;
