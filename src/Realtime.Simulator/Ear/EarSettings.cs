namespace VoiceOrdering.Realtime.Simulator.Ear;

/// <summary>Settings of the ear; the defaults are the measured ones.</summary>
public sealed record EarSettings
{
    /// <summary>Voices of callers that are understood, 1 to 12 names of espeak-ng. Pitch and speed may differ, accents must be listed.</summary>
    public IReadOnlyList<string> Voices { get; init; } = ["en-us", "en-gb", "en+f3"];

    /// <summary>Folder for trained models; null keeps them in memory only.</summary>
    public string? CacheDirectory { get; init; }

    /// <summary>How often each word is in the training sentences, 2 to 20; more is better and slower.</summary>
    public int TimesEachWord { get; init; } = 6;

    /// <summary>How long a turn waits for a model that is still being trained, 0 s to 120 s; then the turn counts as not heard and says why.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest turn that is listened to, 1 s to 60 s.</summary>
    public TimeSpan LongestTurn { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Menus kept ready in memory, 1 to 64.</summary>
    public int MaxModels { get; init; } = 8;

    /// <summary>Words of the largest menu that is listened to, 10 to 5000; a larger one can be typed only.</summary>
    public int MaxWords { get; init; } = 1_200;

    /// <summary>Processors that training takes at most; live calls need the others.</summary>
    public int TrainingThreads { get; init; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>What counts as understood.</summary>
    public AcceptanceLimits Limits { get; init; } = AcceptanceLimits.Usual;
}
