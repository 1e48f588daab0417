namespace VoiceOrdering.Realtime.Simulator.Ear;

/// <summary>Trains word models from utterances whose words are known, starting from nothing ("flat start").</summary>
internal sealed class ModelTrainer
{
    private const int Width = FeatureFrames.Dimensions;
    private const int SingleGaussianPasses = 4;
    private const int MixturePasses = 2;

    /// <summary>Silence is many things (hiss, quantisation, breath of the codec) and gets more components than any word state.</summary>
    private const int ExtraSilenceSplits = 2;
    private const float VarianceFloor = 0.15f;
    private const float PriorFrames = 4;
    private const float PriorVariance = 0.4f;
    private const int EnoughSilence = 200;
    private static readonly int[] SplitAtFrames = [50, 160];
    private readonly IReadOnlyList<TrainingUtterance> _utterances;
    private readonly int _threads;
    private readonly int[][] _paths;
    private readonly int[] _first;
    private readonly float[] _globalMean = new float[Width];
    private readonly float[] _globalVariance = new float[Width];

    /// <param name="statesOfWords">How many states each word gets.</param>
    public ModelTrainer(IReadOnlyList<TrainingUtterance> utterances, IReadOnlyList<int> statesOfWords, int threads)
    {
        (_utterances, _threads) = (utterances, threads);
        _paths = new int[utterances.Count][];
        _first = new int[statesOfWords.Count + 1];
        for (var word = 0; word < statesOfWords.Count; word++)
        {
            _first[word + 1] = _first[word] + statesOfWords[word];
        }

        MeasureAll();
    }

    /// <summary>Variance of each dimension over all frames; also the scale of distances between utterances.</summary>
    public float[] GlobalVariance => _globalVariance;

    public StateModels Train(CancellationToken cancellationToken)
    {
        var models = Estimate(Accumulate(Single(), isFirstGuess: true, cancellationToken), Single());
        for (var pass = 1; pass < SingleGaussianPasses; pass++)
        {
            var sums = Accumulate(models, isFirstGuess: false, cancellationToken);
            models = Estimate(sums, models);
            if (pass >= SingleGaussianPasses - ExtraSilenceSplits)
            {
                models = Split(models, sums, int.MaxValue);
            }
        }

        for (var pass = 0; pass < MixturePasses; pass++)
        {
            var sums = Accumulate(models, isFirstGuess: false, cancellationToken);
            models = Estimate(sums, models);
            if (pass < SplitAtFrames.Length)
            {
                models = Split(models, sums, SplitAtFrames[pass]);
            }
        }

        return Estimate(Accumulate(models, isFirstGuess: false, cancellationToken), models);
    }

    private StateModels Single()
    {
        var states = _first[^1] + 1;
        var precision = _globalVariance.Select(variance => variance > 0 ? 1 / variance : 0).ToArray();
        return new StateModels(
            _first,
            [.. Enumerable.Range(0, states + 1)],
            [.. Enumerable.Repeat(_globalMean, states).SelectMany(mean => mean)],
            [.. Enumerable.Repeat(precision, states).SelectMany(values => values)],
            new float[states]);
    }

    private Sums Accumulate(StateModels models, bool isFirstGuess, CancellationToken cancellationToken)
    {
        var parts = _threads;
        var sums = new Sums[parts];
        Parallel.For(0, parts, new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = parts }, part =>
        {
            var sum = sums[part] = new Sums(models.Constants.Length);
            var alignment = new ForcedAlignment(models);
            for (var i = part; i < _utterances.Count; i += parts)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var utterance = _utterances[i];
                var states = isFirstGuess ? alignment.Spread(utterance, out _paths[i]) : alignment.Align(utterance, ref _paths[i]);
                for (var t = 0; states is not null && t < states.Length; t++)
                {
                    models.Score(utterance.Frames[t], states[t], out var component);
                    sum.Add(utterance.Frames[t], component);
                }
            }
        });
        for (var part = 1; part < parts; part++)
        {
            sums[0].Add(sums[part]);
        }

        return sums[0];
    }

    private StateModels Estimate(Sums sums, StateModels old)
    {
        var means = new float[old.Means.Length];
        var precisions = new float[old.Means.Length];
        var constants = new float[old.Constants.Length];
        for (var state = 0; state < old.StateCount; state++)
        {
            var total = 0f;
            for (var c = old.ComponentStarts[state]; c < old.ComponentStarts[state + 1]; c++)
            {
                total += sums.Counts[c] + 1;
            }

            for (var c = old.ComponentStarts[state]; c < old.ComponentStarts[state + 1]; c++)
            {
                var count = sums.Counts[c];
                var logs = 0.0;
                for (var d = 0; d < FeatureFrames.UsedDimensions; d++)
                {
                    var k = (c * Width) + d;
                    var mean = count > 0 ? (float)(sums.First[k] / count) : old.Means[k];
                    var spread = count > 0 ? Math.Max(0, (float)(sums.Second[k] - (sums.First[k] * sums.First[k] / count))) : 0;
                    var variance = (spread + (PriorFrames * PriorVariance * _globalVariance[d])) / (count + PriorFrames);
                    variance = Math.Max(variance, VarianceFloor * _globalVariance[d]);
                    (means[k], precisions[k]) = (mean, 1 / variance);
                    logs += Math.Log(2 * Math.PI * variance);
                }

                constants[c] = (float)(Math.Log((count + 1) / total) - (0.5 * logs));
            }
        }

        return new StateModels(old.First, old.ComponentStarts, means, precisions, constants);
    }

    /// <summary>Doubles the components that saw enough frames, one a little above and one a little below the old mean.</summary>
    private static StateModels Split(StateModels models, Sums sums, int enoughFrames)
    {
        var starts = new List<int> { 0 };
        var (means, precisions, constants) = (new List<float>(), new List<float>(), new List<float>());
        for (var state = 0; state < models.StateCount; state++)
        {
            for (var c = models.ComponentStarts[state]; c < models.ComponentStarts[state + 1]; c++)
            {
                var offsets = sums.Counts[c] >= enoughFrames || (state == models.Silence && sums.Counts[c] >= EnoughSilence) ? new[] { 0.25f, -0.25f } : [0f];
                foreach (var offset in offsets)
                {
                    for (var k = c * Width; k < (c + 1) * Width; k++)
                    {
                        means.Add(models.Means[k] + (models.Precisions[k] > 0 ? offset / MathF.Sqrt(models.Precisions[k]) : 0));
                        precisions.Add(models.Precisions[k]);
                    }

                    constants.Add(models.Constants[c] - MathF.Log(offsets.Length));
                }
            }

            starts.Add(constants.Count);
        }

        return new StateModels(models.First, [.. starts], [.. means], [.. precisions], [.. constants]);
    }

    private void MeasureAll()
    {
        var (first, second, count) = (new double[Width], new double[Width], 0L);
        foreach (var utterance in _utterances)
        {
            for (var t = 0; t < utterance.Frames.Count; t++)
            {
                var frame = utterance.Frames[t];
                for (var d = 0; d < FeatureFrames.UsedDimensions; d++)
                {
                    first[d] += frame[d];
                    second[d] += (double)frame[d] * frame[d];
                }

                count++;
            }
        }

        for (var d = 0; d < FeatureFrames.UsedDimensions && count > 0; d++)
        {
            _globalMean[d] = (float)(first[d] / count);
            _globalVariance[d] = (float)Math.Max(1e-6, (second[d] / count) - ((double)_globalMean[d] * _globalMean[d]));
        }
    }

    private sealed class Sums(int components)
    {
        public float[] Counts { get; } = new float[components];

        public double[] First { get; } = new double[components * Width];

        public double[] Second { get; } = new double[components * Width];

        public void Add(ReadOnlySpan<float> frame, int component)
        {
            Counts[component]++;
            var offset = component * Width;
            for (var d = 0; d < FeatureFrames.UsedDimensions; d++)
            {
                First[offset + d] += frame[d];
                Second[offset + d] += (double)frame[d] * frame[d];
            }
        }

        public void Add(Sums other)
        {
            for (var i = 0; i < Counts.Length; i++)
            {
                Counts[i] += other.Counts[i];
            }

            for (var i = 0; i < First.Length; i++)
            {
                First[i] += other.First[i];
                Second[i] += other.Second[i];
            }
        }
    }
}
