namespace VoiceOrdering.Media.Legs;

/// <summary>Counters and measurements of one leg from its beginning. Times are milliseconds; null means not measured yet.</summary>
public sealed record LegStats
{
    /// <summary>The leg.</summary>
    public required string LegId { get; init; }

    /// <summary>State at the time of the snapshot.</summary>
    public required LegState State { get; init; }

    /// <summary>Negotiated codec as SDP names it: <c>opus</c>, <c>PCMU</c>, <c>PCMA</c>.</summary>
    public required string Codec { get; init; }

    /// <summary>Why the leg ended; null while it lives. One of the names of <see cref="LegLossReason"/> or <see cref="LegEndReason"/>.</summary>
    public string? EndReason { get; init; }

    /// <summary>From the answer to <see cref="LegState.Connected"/>.</summary>
    public double? ConnectMs { get; init; }

    /// <summary>From the answer to the first authenticated STUN request.</summary>
    public double? IceMs { get; init; }

    /// <summary>From the first DTLS datagram to agreed keys.</summary>
    public double? DtlsMs { get; init; }

    /// <summary>Negotiated SRTP profile, for example <c>SRTP_AEAD_AES_128_GCM</c>; null before the handshake.</summary>
    public string? SrtpProfile { get; init; }

    /// <summary>RTP packets of the caller that were authenticated.</summary>
    public long PacketsReceived { get; init; }

    /// <summary>RTP packets sent to the caller.</summary>
    public long PacketsSent { get; init; }

    /// <summary>Packets that never arrived or came too late to be played.</summary>
    public long PacketsLost { get; init; }

    /// <summary>Part of <see cref="PacketsLost"/> that arrived after its time.</summary>
    public long PacketsLate { get; init; }

    /// <summary>Datagrams thrown away: failed authentication, replay, malformed.</summary>
    public long PacketsDiscarded { get; init; }

    /// <summary>Interarrival jitter of the caller's packets as RFC 3550 §6.4.1 defines it.</summary>
    public double JitterMs { get; init; }

    /// <summary>Round trip measured by RTCP (RFC 3550 §6.4.1); null before the first report that echoes ours.</summary>
    public double? RoundTripMs { get; init; }

    /// <summary>Part of our packets the caller reports as lost, 0 to 1, in its newest receiver report.</summary>
    public double RemoteLossFraction { get; init; }

    /// <summary>Frames given to the bridge.</summary>
    public long FramesDelivered { get; init; }

    /// <summary>Frames made up by concealment.</summary>
    public long FramesConcealed { get; init; }

    /// <summary>Frames rebuilt from forward error correction.</summary>
    public long FramesRecovered { get; init; }

    /// <summary>Frames of digital silence because nothing arrived.</summary>
    public long FramesSilent { get; init; }

    /// <summary>Frames the bridge supplied for playout (the rest of <see cref="PacketsSent"/> is silence).</summary>
    public long FramesPlayed { get; init; }

    /// <summary>Audio that waits in the jitter buffer.</summary>
    public int JitterBufferMs { get; init; }

    /// <summary>Delay the jitter buffer aims at.</summary>
    public int JitterTargetMs { get; init; }

    /// <summary>ICE restarts since the leg began.</summary>
    public int IceRestarts { get; init; }
}
