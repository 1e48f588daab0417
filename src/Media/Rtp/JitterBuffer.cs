namespace VoiceOrdering.Media.Rtp;

/// <summary>What a packet in the jitter buffer carries.</summary>
internal enum RtpPayloadKind : byte
{
    Audio,

    /// <summary>A key tone: its place in the sequence is kept, its audio is silence.</summary>
    KeyTone,
}

/// <summary>What the buffer has at the moment of playout.</summary>
internal enum JitterRead
{
    /// <summary>The next packet, copied out.</summary>
    Packet,

    /// <summary>The next packet is missing while a later one is here: it is given up.</summary>
    Lost,

    /// <summary>Nothing to play; the next packet may still come.</summary>
    Empty,
}

/// <summary>
/// Orders packets by sequence number and holds them as long as their arrival jitters, no longer: the target follows the measured jitter down as
/// well as up, and a backlog is worked off by reading faster (<see cref="CatchUpFrames"/>). Not thread-safe: the session's receive lock guards it.
/// </summary>
internal sealed class JitterBuffer
{
    /// <summary>Packets the buffer can hold: 1.28 s at 20 ms. A packet further ahead restarts the buffer.</summary>
    public const int Capacity = 64;

    /// <summary>Largest payload taken; the largest Opus frame is 1275 bytes (RFC 6716 §3.4).</summary>
    public const int MaxPayload = 1280;

    private const int Mask = Capacity - 1;
    private readonly byte[] _payloads = new byte[Capacity * MaxPayload];
    private readonly Slot[] _slots = new Slot[Capacity];
    private readonly JitterTarget _target;
    private ushort _next;
    private ushort _highest;
    private int _count;
    private bool _isStarted;
    private bool _isPriming = true;

    public JitterBuffer(JitterTarget target) => _target = target;

    /// <summary>Packets that were given up.</summary>
    public long LostPackets { get; private set; }

    /// <summary>Packets that came after they had been given up, or twice.</summary>
    public long LatePackets { get; private set; }

    /// <summary>Packets held.</summary>
    public int Count => _count;

    /// <summary>Audio held, counting each packet as one frame.</summary>
    public int BufferedMs => _count * Audio.AudioFormat.FrameMs;

    public int TargetMs => _target.TargetMs;

    /// <summary>Frames to be read in addition to one per tick, until the backlog is gone.</summary>
    public int CatchUpFrames => _target.CatchUpFrames;

    /// <summary>Takes an authenticated packet. False: late, double or too large.</summary>
    public bool Insert(in RtpHeader header, RtpPayloadKind kind, ReadOnlySpan<byte> payload, in ArrivalTimes arrival)
    {
        if (payload.Length > MaxPayload)
        {
            return false;
        }

        if (!_isStarted)
        {
            Restart(header.SequenceNumber);
        }

        int ahead = (short)(header.SequenceNumber - _next);
        if (ahead < 0 || _slots[header.SequenceNumber & Mask].Holds(header.SequenceNumber))
        {
            LatePackets++;
            return false;
        }

        if (ahead >= Capacity)
        {
            LostPackets += _count;
            Restart(header.SequenceNumber);
        }

        if (kind == RtpPayloadKind.Audio)
        {
            _target.Note(header.Timestamp, arrival.ArrivedAt);
        }

        int index = header.SequenceNumber & Mask;
        payload.CopyTo(_payloads.AsSpan(index * MaxPayload));
        _slots[index] = new Slot(true, header.SequenceNumber, kind, payload.Length, arrival);
        if (_count++ == 0 || (short)(header.SequenceNumber - _highest) > 0)
        {
            _highest = header.SequenceNumber;
        }

        return true;
    }

    /// <summary>Takes out the next packet, or tells that it is missing.</summary>
    /// <param name="payload">Room for <see cref="MaxPayload"/> bytes; on Lost it gets the following packet, if that is here, without removing it.</param>
    /// <param name="now">Timestamp of the playout.</param>
    /// <param name="packet">What was read.</param>
    public JitterRead Read(Span<byte> payload, long now, out JitterPacket packet)
    {
        packet = default;
        if (_count == 0 || (_isPriming && !IsPrimed(now)))
        {
            return JitterRead.Empty;
        }

        _isPriming = false;
        ref Slot slot = ref _slots[_next & Mask];
        if (slot.Holds(_next))
        {
            packet = Copy(slot, _next, payload);
            slot = default;
            _count--;
            _next++;
            return JitterRead.Packet;
        }

        LostPackets++;
        _next++;
        ref Slot following = ref _slots[_next & Mask];
        if (following.Holds(_next))
        {
            packet = Copy(following, _next, payload);
        }

        return JitterRead.Lost;
    }

    /// <summary>To be called once a tick after reading: watches how much was not needed.</summary>
    public void NoteTick() => _target.NoteTick(_isPriming ? 0 : BufferedMs);

    /// <summary>One frame more than one has been read in this tick.</summary>
    public void NoteCaughtUp() => _target.NoteCaughtUp();

    /// <summary>The line has been silent: fill up to the target again before playing.</summary>
    public void Prime() => _isPriming = true;

    /// <summary>Forgets everything, as for a new source.</summary>
    public void Reset()
    {
        _isStarted = false;
        Array.Clear(_slots);
        _count = 0;
        _isPriming = true;
        _target.Reset();
    }

    private void Restart(ushort sequenceNumber)
    {
        Reset();
        _isStarted = true;
        _next = sequenceNumber;
        _highest = sequenceNumber;
    }

    // By level, or by time for a source that sends a packet only now and then (Opus DTX).
    private bool IsPrimed(long now)
    {
        if ((short)(_highest - _next) * Audio.AudioFormat.FrameMs >= _target.StartMs)
        {
            return true;
        }

        for (ushort sequence = _next; (short)(_highest - sequence) >= 0; sequence++)
        {
            if (_slots[sequence & Mask].Holds(sequence))
            {
                return _target.ToMs(now - _slots[sequence & Mask].Arrival.ArrivedAt) >= _target.StartMs;
            }
        }

        return false;
    }

    private JitterPacket Copy(in Slot slot, ushort sequenceNumber, Span<byte> payload)
    {
        _payloads.AsSpan((sequenceNumber & Mask) * MaxPayload, slot.Length).CopyTo(payload);
        return new JitterPacket(slot.Kind, slot.Length, slot.Arrival);
    }

    private readonly record struct Slot(bool IsUsed, ushort SequenceNumber, RtpPayloadKind Kind, int Length, ArrivalTimes Arrival)
    {
        public bool Holds(ushort sequenceNumber) => IsUsed && SequenceNumber == sequenceNumber;
    }
}

/// <summary>A packet read from the buffer; <paramref name="Length"/> 0 means there is none.</summary>
internal readonly record struct JitterPacket(RtpPayloadKind Kind, int Length, ArrivalTimes Arrival);

/// <summary>Timestamps of <see cref="TimeProvider.GetTimestamp"/>.</summary>
/// <param name="ArrivedAt">The datagram was taken from the socket.</param>
/// <param name="ReadyAt">It was about to be put into the buffer, decrypted.</param>
internal readonly record struct ArrivalTimes(long ArrivedAt, long ReadyAt);
