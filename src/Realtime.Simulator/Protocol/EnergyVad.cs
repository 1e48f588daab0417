using VoiceOrdering.Realtime;

namespace VoiceOrdering.Realtime.Simulator.Protocol;

/// <summary>
/// Turn detection by loudness, in frames of 20 ms. A frame is speech when its level is above both a fixed limit
/// (threshold 0.5 is −42 dBFS, each 0.1 is 4 dB) and the noise floor plus 9 dB; the floor follows quiet frames within about a second.
/// Three speech frames in a row start a turn, <c>silence_duration_ms</c> without speech ends it. Semantic detection is simulated by a pause
/// of 400, 700 or 1200 ms for high, medium and low eagerness: there is no meaning here to wait for.
/// </summary>
internal sealed class EnergyVad
{
    public const int FrameMs = 20;

    private const int FramesToStart = 3;
    private const double FloorMarginDb = 9;
    private const double FloorStartDb = -70;
    private const double FloorCeilingDb = -35;
    private const double FloorShare = 0.02;

    private readonly double _limitDb;
    private readonly int _framesToStop;
    private double _floorDb = FloorStartDb;
    private int _loudRun;
    private int _quietRun;

    public EnergyVad(TurnDetection turns)
    {
        (var threshold, SilenceDurationMs, PrefixPaddingMs) = turns switch
        {
            TurnDetection.ServerVad vad => (vad.Threshold, vad.SilenceDurationMs, vad.PrefixPaddingMs),
            TurnDetection.SemanticVad { Eagerness: "high" } => (0.5, 400, 300),
            TurnDetection.SemanticVad { Eagerness: "low" } => (0.5, 1200, 300),
            _ => (0.5, 700, 300),
        };
        _limitDb = -62 + threshold * 40;
        _framesToStop = Math.Max(1, SilenceDurationMs / FrameMs);
    }

    public int SilenceDurationMs { get; }

    public int PrefixPaddingMs { get; }

    public bool IsSpeaking { get; private set; }

    /// <summary>Length of the run of speech that has just started a turn.</summary>
    public static int OnsetMs => FramesToStart * FrameMs;

    /// <summary>Takes one frame and tells whether the state changed with it.</summary>
    public VadChange Process(ReadOnlySpan<short> frame)
    {
        var level = LevelDb(frame);
        var isLoud = level > Math.Max(_limitDb, _floorDb + FloorMarginDb);
        if (!isLoud)
        {
            _floorDb = Math.Min(FloorCeilingDb, _floorDb + FloorShare * (Math.Max(level, FloorStartDb) - _floorDb));
        }

        if (!IsSpeaking)
        {
            _loudRun = isLoud ? _loudRun + 1 : 0;
            if (_loudRun < FramesToStart)
            {
                return VadChange.None;
            }

            IsSpeaking = true;
            _quietRun = 0;
            return VadChange.Started;
        }

        _quietRun = isLoud ? 0 : _quietRun + 1;
        if (_quietRun < _framesToStop)
        {
            return VadChange.None;
        }

        IsSpeaking = false;
        _loudRun = 0;
        return VadChange.Stopped;
    }

    /// <summary>Forgets a turn under way; the noise floor stays.</summary>
    public void Reset()
    {
        IsSpeaking = false;
        _loudRun = 0;
        _quietRun = 0;
    }

    /// <summary>Mean level in dB below full scale; −100 for digital silence.</summary>
    public static double LevelDb(ReadOnlySpan<short> frame)
    {
        long energy = 0;
        foreach (var sample in frame)
        {
            energy += sample * sample;
        }

        return energy == 0 ? -100 : 10 * Math.Log10((double)energy / frame.Length / (32_768.0 * 32_768.0));
    }
}
