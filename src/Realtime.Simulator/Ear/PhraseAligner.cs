namespace VoiceOrdering.Realtime.Simulator.Ear;

/// <summary>Lays an utterance over a reference of the same words by dynamic time warping and measures how well they fit.</summary>
internal static class PhraseAligner
{
    private const float BandShare = 0.12f;
    private const int SmallestBandFrames = 12;
    private const float OffDiagonalPenalty = 0.05f;
    private const int WindowFrames = 12;
    private const int PaddingFrames = 30;
    private static readonly (int I, int J)[] Steps = [(1, 1), (1, 2), (2, 1)];

    /// <summary>Weights of the 39 dimensions: inverse variance, the differences counting less; they sum to 1/2 per unit of two unrelated frames.</summary>
    public static float[] Weights(float[] variance)
    {
        var weights = new float[FeatureFrames.Dimensions];
        var total = 0f;
        for (var d = 0; d < FeatureFrames.UsedDimensions; d++)
        {
            var share = d < 13 ? 1f : d < 26 ? 0.7f : 0.3f;
            total += share;
            weights[d] = share / variance[d];
        }

        for (var d = 0; d < weights.Length; d++)
        {
            weights[d] /= 2 * total;
        }

        return weights;
    }

    /// <summary>Null when no path within the allowed slopes exists.</summary>
    public static PhraseFit? Align(FeatureFrames utterance, FeatureFrames reference, float[] weights)
    {
        var (n, m) = (utterance.Count, reference.Count);
        if (n < 3 || m < 3 || n > 2 * m || m > 2 * n)
        {
            return null;
        }

        var band = new WarpBand(n, m, Math.Max(SmallestBandFrames, (int)(BandShare * m)));
        var costs = new float[n * band.Width];
        var distances = new float[n * band.Width];
        var moves = new sbyte[n * band.Width];
        Array.Fill(costs, float.MaxValue);
        for (var i = 0; i < n; i++)
        {
            var centre = band.Centre(i);
            for (var j = Math.Max(0, centre - band.Reach); j <= Math.Min(m - 1, centre + band.Reach); j++)
            {
                var cell = band.Cell(i, j);
                distances[cell] = Distance(utterance[i], reference[j], weights);
                if (i == 0 && j == 0)
                {
                    costs[cell] = distances[cell];
                    continue;
                }

                for (var s = 0; s < Steps.Length; s++)
                {
                    var (pi, pj) = (i - Steps[s].I, j - Steps[s].J);
                    if (pi < 0 || pj < 0 || band.Cell(pi, pj) is not (var before and >= 0) || costs[before] == float.MaxValue)
                    {
                        continue;
                    }

                    // A step over two frames pays for both, so that skipping is never cheaper than fitting.
                    var cost = costs[before] + (distances[cell] * (s == 0 ? 1 : 1.5f)) + (s == 0 ? 0 : OffDiagonalPenalty);
                    if (cost < costs[cell])
                    {
                        (costs[cell], moves[cell]) = (cost, (sbyte)s);
                    }
                }
            }
        }

        var end = band.Cell(n - 1, m - 1);
        return end < 0 || costs[end] == float.MaxValue ? null : Measure(utterance, reference, distances, moves, band);
    }

    private static PhraseFit Measure(FeatureFrames utterance, FeatureFrames reference, float[] distances, sbyte[] moves, WarpBand band)
    {
        var (n, m) = (utterance.Count, reference.Count);
        var path = new List<(int I, int J, float Distance)>();
        for (var (i, j) = (n - 1, m - 1); i >= 0 && j >= 0;)
        {
            var cell = band.Cell(i, j);
            path.Add((i, j, distances[cell]));
            if (i == 0 && j == 0)
            {
                break;
            }

            var (di, dj) = Steps[moves[cell]];
            (i, j) = (i - di, j - dj);
        }

        path.Reverse();
        var mean = path.Average(step => step.Distance);
        var worst = 0f;
        var window = 0f;
        for (var k = 0; k < path.Count; k++)
        {
            window += path[k].Distance - (k >= WindowFrames ? path[k - WindowFrames].Distance : 0);
            worst = Math.Max(worst, window / WindowFrames);
        }

        var lags = path.Select(step => step.J - ((double)step.I * (m - 1) / (n - 1))).ToList();
        var partners = new int[n];
        foreach (var (i, j, _) in path)
        {
            partners[i] = j;
            if (i + 1 < n)
            {
                partners[i + 1] = j;
            }
        }

        return new PhraseFit(mean, worst, (lags.Max() - lags.Min()) * FeatureFrames.FrameMs / 1000, (double)m / n, (double)Math.Max(1, m - PaddingFrames) / Math.Max(1, n - PaddingFrames), partners);
    }

    private static float Distance(ReadOnlySpan<float> a, ReadOnlySpan<float> b, float[] weights)
    {
        var sum = System.Numerics.Vector<float>.Zero;
        for (var d = 0; d < FeatureFrames.Dimensions; d += System.Numerics.Vector<float>.Count)
        {
            var difference = new System.Numerics.Vector<float>(a[d..]) - new System.Numerics.Vector<float>(b[d..]);
            sum += difference * difference * new System.Numerics.Vector<float>(weights, d);
        }

        return System.Numerics.Vector.Sum(sum);
    }
}

/// <summary>The cells near the diagonal of a grid, stored row by row.</summary>
internal readonly record struct WarpBand(int Rows, int Columns, int Reach)
{
    public int Width => (2 * Reach) + 1;

    public int Centre(int row) => (int)((long)row * (Columns - 1) / (Rows - 1));

    /// <summary>Index of a cell, or -1 outside the band.</summary>
    public int Cell(int row, int column)
    {
        var offset = column - Centre(row) + Reach;
        return offset < 0 || offset >= Width ? -1 : (row * Width) + offset;
    }
}

/// <summary>How an utterance fits a reference.</summary>
/// <param name="LagSeconds">Between the furthest ahead and the furthest behind of the alignment.</param>
/// <param name="Rate">Speed against the reference; above 1 is faster.</param>
/// <param name="SpeechRate">The same without the silence that both have around them.</param>
/// <param name="Partners">Reference frame of each utterance frame.</param>
internal sealed record PhraseFit(double Mean, double Worst, double LagSeconds, double Rate, double SpeechRate, int[] Partners);
