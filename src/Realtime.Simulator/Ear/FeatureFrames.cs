namespace VoiceOrdering.Realtime.Simulator.Ear;

/// <summary>Speech as vectors, one every 10 ms, padded so that whole SIMD registers fit.</summary>
internal sealed class FeatureFrames(int count)
{
    /// <summary>Cepstra 0–12 with first and second differences.</summary>
    public const int UsedDimensions = 39;

    /// <summary>Floats a frame takes; the last is always 0.</summary>
    public const int Dimensions = 40;

    public const int FrameMs = 10;

    private readonly float[] _values = new float[count * Dimensions];

    public int Count => count;

    /// <summary>Loudness of each frame below the loudest, in natural logarithm of energy; 0 is the loudest.</summary>
    public float[] Loudness { get; } = new float[count];

    public Span<float> this[int frame] => _values.AsSpan(frame * Dimensions, Dimensions);
}
