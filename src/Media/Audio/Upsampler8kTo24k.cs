namespace VoiceOrdering.Media.Audio;

/// <summary>Streaming 8 kHz to 24 kHz conversion. Keeps state between calls, so one instance per stream and direction; not thread-safe.</summary>
/// <remarks>Delay 2 ms. No allocation per call. A frame of 160 samples costs a few microseconds.</remarks>
public sealed class Upsampler8kTo24k
{
    private const int History = PolyphaseFilter.TapsPerPhase - 1;
    private static readonly float[][] s_phases = BuildPhases();
    private float[] _line = new float[History + 160];

    /// <summary>Writes exactly three samples for each input sample.</summary>
    /// <param name="input">Samples at 8 kHz, any count.</param>
    /// <param name="output">At least three times as long as <paramref name="input"/>.</param>
    /// <returns>Samples written: <c>3 * input.Length</c>.</returns>
    public int Process(ReadOnlySpan<short> input, Span<short> output)
    {
        if (_line.Length < History + input.Length)
        {
            Array.Resize(ref _line, History + input.Length);
        }

        for (int i = 0; i < input.Length; i++)
        {
            _line[History + i] = input[i];
        }

        output = output[..(input.Length * PolyphaseFilter.Ratio)];
        for (int i = 0; i < input.Length; i++)
        {
            ReadOnlySpan<float> window = _line.AsSpan(i, PolyphaseFilter.TapsPerPhase);
            for (int phase = 0; phase < PolyphaseFilter.Ratio; phase++)
            {
                output[(i * PolyphaseFilter.Ratio) + phase] = PolyphaseFilter.ToSample(PolyphaseFilter.Dot(window, s_phases[phase]));
            }
        }

        _line.AsSpan(input.Length, History).CopyTo(_line);
        return output.Length;
    }

    /// <summary>Forgets the stream so far, as after a seek.</summary>
    public void Reset() => Array.Clear(_line);

    private static float[][] BuildPhases()
    {
        float[] taps = PolyphaseFilter.Design();
        float[][] phases = new float[PolyphaseFilter.Ratio][];
        for (int phase = 0; phase < phases.Length; phase++)
        {
            // Reversed, because the window runs from old to new; times the ratio, because two of three samples are zero-stuffed.
            phases[phase] = new float[PolyphaseFilter.TapsPerPhase];
            for (int k = 0; k < PolyphaseFilter.TapsPerPhase; k++)
            {
                phases[phase][PolyphaseFilter.TapsPerPhase - 1 - k] = taps[(k * PolyphaseFilter.Ratio) + phase] * PolyphaseFilter.Ratio;
            }
        }

        return phases;
    }
}
