namespace VoiceOrdering.Media.Audio;

/// <summary>Streaming 24 kHz to 8 kHz conversion. Keeps state between calls, so one instance per stream and direction; not thread-safe.</summary>
/// <remarks>Delay 2 ms. No allocation per call. A frame of 480 samples costs a few microseconds.</remarks>
public sealed class Downsampler24kTo8k
{
    private const int History = PolyphaseFilter.Taps - 1;
    private static readonly float[] s_taps = PolyphaseFilter.Design();
    private float[] _line = new float[History + 480];

    /// <summary>Writes exactly one sample for each three input samples.</summary>
    /// <param name="input">Samples at 24 kHz; the count must be a multiple of 3.</param>
    /// <param name="output">At least a third as long as <paramref name="input"/>.</param>
    /// <returns>Samples written: <c>input.Length / 3</c>.</returns>
    /// <exception cref="ArgumentException">The count is not a multiple of 3.</exception>
    public int Process(ReadOnlySpan<short> input, Span<short> output)
    {
        if (input.Length % PolyphaseFilter.Ratio != 0)
        {
            throw new ArgumentException("The number of samples must be a multiple of 3.", nameof(input));
        }

        if (_line.Length < History + input.Length)
        {
            Array.Resize(ref _line, History + input.Length);
        }

        for (int i = 0; i < input.Length; i++)
        {
            _line[History + i] = input[i];
        }

        int count = input.Length / PolyphaseFilter.Ratio;
        output = output[..count];
        for (int i = 0; i < count; i++)
        {
            // The taps are symmetric, so they need no reversal.
            output[i] = PolyphaseFilter.ToSample(PolyphaseFilter.Dot(_line.AsSpan(i * PolyphaseFilter.Ratio, PolyphaseFilter.Taps), s_taps));
        }

        _line.AsSpan(input.Length, History).CopyTo(_line);
        return count;
    }

    /// <summary>Forgets the stream so far, as after a seek.</summary>
    public void Reset() => Array.Clear(_line);
}
