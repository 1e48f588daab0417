using System.Net;

namespace VoiceOrdering.Media.WebRtc;

/// <summary>Settings of a <see cref="WebRtcServer"/>. Checked in <see cref="Validate"/>; the ranges given here are enforced.</summary>
public sealed record WebRtcServerOptions
{
    /// <summary>Address the UDP socket binds to. Default: any IPv4 address. <see cref="IPAddress.IPv6Any"/> serves both families.</summary>
    public IPAddress BindAddress { get; init; } = IPAddress.Any;

    /// <summary>
    /// Addresses written into answers as host candidates, for a machine behind NAT or in a container. Empty: the bind address, or, when that is
    /// "any", every address of the machine's interfaces that are up, loopback included.
    /// </summary>
    public IReadOnlyList<IPAddress> AdvertisedAddresses { get; init; } = [];

    /// <summary>First UDP port tried, 0 to 65535; 0 lets the system choose. Default 50000.</summary>
    public int PortFirst { get; init; } = 50_000;

    /// <summary>Last UDP port tried; one port serves all sessions, the range only finds a free one. Default 50019.</summary>
    public int PortLast { get; init; } = 50_019;

    /// <summary>Codecs this server answers with at all; an answer's own choice can only narrow it. Default: all.</summary>
    public AudioCodecs Codecs { get; init; } = AudioCodecs.All;

    /// <summary>Most sessions at one time, 1 to 10000; above it <see cref="WebRtcAnswer.AtCapacity"/>. Default 500.</summary>
    public int MaxSessions { get; init; } = 500;

    /// <summary>Largest offer in UTF-16 units, 1000 to 1000000. Default 65536.</summary>
    public int MaxOfferChars { get; init; } = 65_536;

    /// <summary>Pacer threads, 1 to 64; a session belongs to one of them. Default: the number of processors, at most 8.</summary>
    public int PacerCount { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 8);

    /// <summary>How the media threads are scheduled, as far as the system lets us. Default: real-time.</summary>
    public MediaThreadPriority ThreadPriority { get; init; } = MediaThreadPriority.Realtime;

    /// <summary>From the answer until ICE and DTLS must be finished, 1 s to 120 s. Default 15 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Without consent (RFC 7675) for so long a leg is lost, 15 s to 120 s (Firefox checks every 5 s). Default 15 s.</summary>
    public TimeSpan ConsentTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Largest delay the jitter buffer aims at, 40 ms to 500 ms. Default 200 ms.</summary>
    public int JitterTargetMaxMs { get; init; } = 200;

    /// <summary>
    /// Opus encoder complexity, 0 to 10. A 20 ms frame of speech costs about 70 µs at 0, 130 at 3, 170 at 5, 290 at 9. Default 3: what more
    /// complexity adds is hard to hear at this bit rate.
    /// </summary>
    public int OpusComplexity { get; init; } = 3;

    /// <summary>Opus target bit rate in bit/s, 6000 to 128000. Default 32000.</summary>
    public int OpusBitrate { get; init; } = 32_000;

    /// <summary>Receive and send buffer of the socket in bytes, 65536 to 67108864. Default 4 MiB; the kernel may give less.</summary>
    public int SocketBufferBytes { get; init; } = 4 << 20;

    /// <summary>Throws when a value is outside its range.</summary>
    /// <exception cref="ArgumentException">Names the setting and its range.</exception>
    public void Validate()
    {
        Check(PortFirst is >= 0 and <= 65_535, nameof(PortFirst), "0 to 65535");
        Check(PortLast is >= 0 and <= 65_535 && (PortFirst == 0 || PortLast >= PortFirst), nameof(PortLast), "PortFirst to 65535");
        Check((Codecs & AudioCodecs.All) != AudioCodecs.None, nameof(Codecs), "at least one codec");
        Check(MaxSessions is >= 1 and <= 10_000, nameof(MaxSessions), "1 to 10000");
        Check(MaxOfferChars is >= 1_000 and <= 1_000_000, nameof(MaxOfferChars), "1000 to 1000000");
        Check(PacerCount is >= 1 and <= 64, nameof(PacerCount), "1 to 64");
        Check(ConnectTimeout.TotalSeconds is >= 1 and <= 120, nameof(ConnectTimeout), "1 s to 120 s");
        Check(ConsentTimeout.TotalSeconds is >= 15 and <= 120, nameof(ConsentTimeout), "15 s to 120 s");
        Check(JitterTargetMaxMs is >= 40 and <= 500, nameof(JitterTargetMaxMs), "40 to 500");
        Check(OpusComplexity is >= 0 and <= 10, nameof(OpusComplexity), "0 to 10");
        Check(OpusBitrate is >= 6_000 and <= 128_000, nameof(OpusBitrate), "6000 to 128000");
        Check(SocketBufferBytes is >= 65_536 and <= 67_108_864, nameof(SocketBufferBytes), "65536 to 67108864");
    }

    private static void Check(bool holds, string setting, string range)
    {
        if (!holds)
        {
            throw new ArgumentException($"Media setting {setting} must be {range}.");
        }
    }
}
