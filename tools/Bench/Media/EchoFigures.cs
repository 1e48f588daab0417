namespace VoiceOrdering.Bench.Media;

/// <summary>What one run of <see cref="EchoLoad"/> gave.</summary>
internal sealed record EchoFigures
{
    public required int Sessions { get; init; }

    /// <summary>CPU seconds of the media threads in one second of wall time.</summary>
    public required double CoresUsed { get; init; }

    /// <summary>Processing in and out of each frame, in nanoseconds, sorted.</summary>
    public required long[] LatencyNs { get; init; }

    /// <summary>Lateness of the pacers in nanoseconds, sorted.</summary>
    public required long[] LatenessNs { get; init; }

    public required double ConnectMs { get; init; }

    public required double MadeUpShare { get; init; }

    public required double AllocatedKibPerSecond { get; init; }

    public double SessionsPerCore => CoresUsed <= 0 ? 0 : Sessions / CoresUsed;

    public double LatencyUs(double quantile) => Quantile(LatencyNs, quantile) / 1_000;

    public double LatenessUs(double quantile) => Quantile(LatenessNs, quantile) / 1_000;

    private static double Quantile(long[] sorted, double quantile) =>
        sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * quantile))];
}
