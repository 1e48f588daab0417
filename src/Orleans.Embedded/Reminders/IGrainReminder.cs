namespace Orleans.Runtime;

/// <summary>A registered reminder. Valid for the activation that got it.</summary>
public interface IGrainReminder
{
    /// <summary>The name, unique for the grain.</summary>
    string ReminderName { get; }
}
