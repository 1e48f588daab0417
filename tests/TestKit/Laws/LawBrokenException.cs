namespace VoiceOrdering.TestKit.Laws;

/// <summary>A case that breaks a law, with the seed that brings it back.</summary>
public sealed class LawBrokenException : Exception
{
    internal LawBrokenException(ulong seed, int tried, string found, Exception reason)
        : base($"Case {tried} of seed {seed} breaks the law ({Law.SeedVariable}={seed} replays it): {reason.Message}{Environment.NewLine}{found}", reason)
    {
        Seed = seed;
        Case = found;
    }

    /// <summary>The seed of the run.</summary>
    public ulong Seed { get; }

    /// <summary>The case as text.</summary>
    public string Case { get; }
}
