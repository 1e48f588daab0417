namespace VoiceOrdering.Realtime.Simulator.Ear;

/// <summary>
/// How near an utterance must be to the same sentence spoken again by the synthesizer. Distances are in variances of speech, 1 being
/// two unrelated sounds; the allowances grow with noise, fully reached at 14 dB.
/// </summary>
public sealed record AcceptanceLimits
{
    /// <summary>Measured: most unseen sentences pass, damaged and foreign audio does not.</summary>
    public static AcceptanceLimits Usual { get; } = new();

    /// <summary>Fewer sentences pass, and audio with lost or doubled frames hardly ever.</summary>
    public static AcceptanceLimits Strict { get; } = new() { MeanDistance = 0.10, WorstDistance = 0.20, LagShare = 0.015, LagSeconds = 0.025 };

    /// <summary>Mean distance along the alignment.</summary>
    public double MeanDistance { get; init; } = 0.13;

    /// <summary>Added to <see cref="MeanDistance"/> in full noise.</summary>
    public double MeanDistanceNoise { get; init; } = 0.08;

    /// <summary>Mean distance of the worst 120 ms.</summary>
    public double WorstDistance { get; init; } = 0.30;

    /// <summary>Added to <see cref="WorstDistance"/> in full noise.</summary>
    public double WorstDistanceNoise { get; init; } = 0.15;

    /// <summary>Variation of the alignment's lag as a share of the duration.</summary>
    public double LagShare { get; init; } = 0.02;

    /// <summary>Added to <see cref="LagShare"/> in full noise.</summary>
    public double LagShareNoise { get; init; } = 0.04;

    /// <summary>Variation of the lag that is always allowed, in seconds.</summary>
    public double LagSeconds { get; init; } = 0.05;

    /// <summary>Slowest and fastest speech against the synthesizer's.</summary>
    public double SlowestRate { get; init; } = 0.6;

    /// <summary>See <see cref="SlowestRate"/>.</summary>
    public double FastestRate { get; init; } = 1.6;

    /// <summary>Longest digital silence where the sentence has sound, in milliseconds.</summary>
    public int LongestGapMs { get; init; } = 15;
}
