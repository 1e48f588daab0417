namespace VoiceOrdering.Media.Rtp;

/// <summary>How much delay the arrival of packets makes necessary, and how much of the present delay is too much. Not thread-safe.</summary>
internal sealed class JitterTarget
{
    private const int FrameMs = Audio.AudioFormat.FrameMs;

    /// <summary>Packets wait at least for one tick; this much is kept even on a perfect network, because two clocks drift past each other.</summary>
    private const int MinTargetMs = FrameMs;
    private const int ShortWindowTicks = 10;
    private const int LongWindowTicks = 100;
    private const int LargeExcessMs = 60;

    // A peak is forgotten with a time constant of 200 packets, 4 s.
    private const double PeakDecay = 1.0 / 200;
    private const double FloorRise = 1.0 / 1000;
    private const double RestartMs = 2000;

    private readonly double _timestampsPerMs;
    private readonly double _clockPerMs;
    private readonly int _maxTargetMs;
    private bool _isStarted;
    private uint _firstRtpTimestamp;
    private long _firstArrival;
    private double _floorMs;
    private double _peakMs;
    private int _shortTicks;
    private int _longTicks;
    private int _shortMinMs = int.MaxValue;
    private int _longMinMs = int.MaxValue;

    /// <param name="rtpClockHz">Clock of the RTP timestamps.</param>
    /// <param name="timestampFrequency"><see cref="TimeProvider.TimestampFrequency"/>.</param>
    /// <param name="maxTargetMs">Upper limit of the target.</param>
    public JitterTarget(int rtpClockHz, long timestampFrequency, int maxTargetMs)
    {
        _timestampsPerMs = rtpClockHz / 1000.0;
        _clockPerMs = timestampFrequency / 1000.0;
        _maxTargetMs = maxTargetMs;
    }

    /// <summary>Audio to keep behind the frame being played: the jitter rounded up to whole frames.</summary>
    public int TargetMs { get; private set; } = MinTargetMs;

    /// <summary>Audio to collect before playing starts.</summary>
    public int StartMs => TargetMs;

    public int CatchUpFrames { get; private set; }

    public double ToMs(long timestamps) => timestamps / _clockPerMs;

    /// <summary>A packet arrived.</summary>
    public void Note(uint rtpTimestamp, long arrival)
    {
        if (!_isStarted)
        {
            Restart(rtpTimestamp, arrival);
        }

        double sentMs = (int)(rtpTimestamp - _firstRtpTimestamp) / _timestampsPerMs;
        double delayMs = ToMs(arrival - _firstArrival) - sentMs;
        if (Math.Abs(delayMs - _floorMs) > RestartMs || Math.Abs(sentMs) > 600_000)
        {
            // The sender's clock jumped, or half the 32-bit range of a 48 kHz clock is near: measure anew.
            Restart(rtpTimestamp, arrival);
            delayMs = 0;
        }

        // The floor follows a faster path at once and a drifting clock slowly.
        _floorMs = delayMs < _floorMs ? delayMs : _floorMs + ((delayMs - _floorMs) * FloorRise);
        double above = delayMs - _floorMs;
        _peakMs = above > _peakMs ? above : _peakMs - ((_peakMs - above) * PeakDecay);
        int frames = (int)Math.Ceiling((_peakMs + (FrameMs / 4.0)) / FrameMs);
        TargetMs = Math.Clamp(frames * FrameMs, MinTargetMs, _maxTargetMs);
    }

    /// <summary>A tick is over and <paramref name="restMs"/> of audio were not needed for it.</summary>
    public void NoteTick(int restMs)
    {
        _shortMinMs = Math.Min(_shortMinMs, restMs);
        _longMinMs = Math.Min(_longMinMs, restMs);
        if (++_shortTicks >= ShortWindowTicks)
        {
            if (_shortMinMs - TargetMs >= LargeExcessMs)
            {
                CatchUpFrames = (_shortMinMs - TargetMs) / FrameMs;
            }

            _shortTicks = 0;
            _shortMinMs = int.MaxValue;
        }

        if (++_longTicks >= LongWindowTicks)
        {
            if (_longMinMs > TargetMs)
            {
                CatchUpFrames = (_longMinMs - TargetMs) / FrameMs;
            }

            _longTicks = 0;
            _longMinMs = int.MaxValue;
        }
    }

    public void NoteCaughtUp()
    {
        CatchUpFrames = Math.Max(0, CatchUpFrames - 1);

        // What was measured before the backlog shrank is no longer true.
        _shortTicks = _longTicks = 0;
        _shortMinMs = _longMinMs = int.MaxValue;
    }

    public void Reset()
    {
        _isStarted = false;
        CatchUpFrames = 0;
        _shortTicks = _longTicks = 0;
        _shortMinMs = _longMinMs = int.MaxValue;
        TargetMs = MinTargetMs;
        _peakMs = 0;
    }

    private void Restart(uint rtpTimestamp, long arrival)
    {
        _isStarted = true;
        _firstRtpTimestamp = rtpTimestamp;
        _firstArrival = arrival;
        _floorMs = 0;
        _peakMs = 0;
    }
}
