namespace VoiceOrdering.Media.Rtp;

/// <summary>What a receiver report says about one source (RFC 3550 §6.4.1, appendix A.1, A.3, A.8). Not thread-safe.</summary>
internal sealed class ReceptionStatistics(int rtpClockHz, long timestampFrequency)
{
    private bool _isStarted;
    private ushort _baseSequence;
    private ushort _maxSequence;
    private uint _cycles;
    private long _received;
    private long _expectedBefore;
    private long _receivedBefore;
    private double _jitter;
    private double _lastTransit;

    public uint Ssrc { get; private set; }

    public uint ExtendedHighest => (_cycles << 16) | _maxSequence;

    public uint Jitter => (uint)_jitter;

    public double JitterMs => _jitter * 1000 / rtpClockHz;

    /// <summary>Expected minus received; negative with duplicates.</summary>
    public int CumulativeLost => !_isStarted ? 0 : (int)Math.Clamp(Expected - _received, -0x80_0000, 0x7F_FFFF);

    private long Expected => (long)ExtendedHighest - _baseSequence + 1;

    public void Note(in RtpHeader header, long arrivedAt, bool isAudioClock)
    {
        if (!_isStarted || header.Ssrc != Ssrc)
        {
            Start(header);
        }

        ushort step = (ushort)(header.SequenceNumber - _maxSequence);
        if (step is > 0 and < 0x8000)
        {
            if (header.SequenceNumber < _maxSequence)
            {
                _cycles++;
            }

            _maxSequence = header.SequenceNumber;
        }

        _received++;
        if (isAudioClock)
        {
            NoteTransit(header.Timestamp, arrivedAt);
        }
    }

    /// <summary>Loss since the last call as an 8-bit fraction.</summary>
    public byte TakeFractionLost()
    {
        long expected = Expected - _expectedBefore;
        long lost = expected - (_received - _receivedBefore);
        _expectedBefore = Expected;
        _receivedBefore = _received;
        return expected <= 0 || lost <= 0 ? (byte)0 : (byte)Math.Min(255, lost * 256 / expected);
    }

    private void NoteTransit(uint rtpTimestamp, long arrivedAt)
    {
        double arrival = (double)arrivedAt / timestampFrequency * rtpClockHz;
        double transit = arrival - rtpTimestamp;
        if (_received > 1)
        {
            double difference = Math.Abs(transit - _lastTransit);

            // A jump of the sender's clock is not jitter.
            if (difference < rtpClockHz)
            {
                _jitter += (difference - _jitter) / 16;
            }
        }

        _lastTransit = transit;
    }

    private void Start(in RtpHeader header)
    {
        _isStarted = true;
        Ssrc = header.Ssrc;
        _baseSequence = _maxSequence = header.SequenceNumber;
        _cycles = 0;
        _received = _expectedBefore = _receivedBefore = 0;
        _jitter = 0;
    }
}
