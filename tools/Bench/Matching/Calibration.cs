namespace VoiceOrdering.Bench.Matching;

/// <summary>How far confidence can be believed: what it says beside what was right.</summary>
internal static class Calibration
{
    private static readonly double[] s_bins = [0, 0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.99];

    /// <summary>Expected calibration error in percent: the mean distance of confidence and share that was right, over bins, weighted by their lines (Guo et al., ICML 2017).</summary>
    public static double Error(IReadOnlyCollection<JudgedLine> lines, Func<JudgedLine, bool> isRight) => lines.Count == 0 ? 0
        : 100 * Bins(lines).Sum(bin => bin.Lines.Count * Math.Abs(bin.Lines.Average(line => line.Confidence) - bin.Lines.Average(line => isRight(line) ? 1.0 : 0)) / lines.Count);

    /// <summary>Mean squared distance of confidence and what was right; smaller is better, and it cannot be had by saying the same of everything.</summary>
    public static double Brier(IReadOnlyCollection<JudgedLine> lines, Func<JudgedLine, bool> isRight) =>
        lines.Count == 0 ? 0 : lines.Average(line => Math.Pow(line.Confidence - (isRight(line) ? 1 : 0), 2));

    /// <summary>The bins that have lines, with their bounds.</summary>
    public static IEnumerable<(double From, double To, IReadOnlyList<JudgedLine> Lines)> Bins(IReadOnlyCollection<JudgedLine> lines)
    {
        for (var b = 0; b < s_bins.Length; b++)
        {
            var (from, to) = (s_bins[b], b + 1 < s_bins.Length ? s_bins[b + 1] : double.MaxValue);
            var inside = lines.Where(line => line.Confidence >= from && line.Confidence < to).ToList();
            if (inside.Count > 0) yield return (from, to, inside);
        }
    }
}
