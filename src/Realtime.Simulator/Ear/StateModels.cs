using System.Numerics;

namespace VoiceOrdering.Realtime.Simulator.Ear;

/// <summary>The Gaussian mixtures of all word states and of silence, laid out flat for speed. States of word w are First[w] … First[w+1]-1; the last state is silence.</summary>
internal sealed class StateModels
{
    private const int Width = FeatureFrames.Dimensions;

    /// <param name="first">First state of each word, then the number of word states.</param>
    /// <param name="componentStarts">First component of each state, then the number of components.</param>
    public StateModels(int[] first, int[] componentStarts, float[] means, float[] precisions, float[] constants)
    {
        (First, ComponentStarts, Means, Precisions, Constants) = (first, componentStarts, means, precisions, constants);
    }

    public int[] First { get; }

    public int[] ComponentStarts { get; }

    public float[] Means { get; }

    public float[] Precisions { get; }

    public float[] Constants { get; }

    public int StateCount => ComponentStarts.Length - 1;

    public int Silence => StateCount - 1;

    public int StatesOf(int word) => First[word + 1] - First[word];

    /// <summary>Log likelihood of a frame in a state: its best component.</summary>
    public float Score(ReadOnlySpan<float> frame, int state) => Score(frame, state, out _);

    public float Score(ReadOnlySpan<float> frame, int state, out int component)
    {
        var best = float.MinValue;
        component = ComponentStarts[state];
        for (var c = ComponentStarts[state]; c < ComponentStarts[state + 1]; c++)
        {
            var score = Constants[c] - (0.5f * Distance(frame, c));
            if (score > best)
            {
                (best, component) = (score, c);
            }
        }

        return best;
    }

    private float Distance(ReadOnlySpan<float> frame, int component)
    {
        var sum = Vector<float>.Zero;
        var offset = component * Width;
        for (var d = 0; d < Width; d += Vector<float>.Count)
        {
            var difference = new Vector<float>(frame[d..]) - new Vector<float>(Means, offset + d);
            sum += difference * difference * new Vector<float>(Precisions, offset + d);
        }

        return Vector.Sum(sum);
    }
}
