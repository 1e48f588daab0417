using System.Net;
using System.Security.Cryptography;
using VoiceOrdering.Media.Audio;
using VoiceOrdering.Media.Dtls;
using VoiceOrdering.Media.Ice;
using VoiceOrdering.Media.Rtp;
using VoiceOrdering.Media.Srtp;
using VoiceOrdering.Media.WebRtc;

namespace VoiceOrdering.TestKit.Media;

/// <summary>
/// A caller without a browser: offers, checks connectivity, shakes hands as DTLS client and exchanges SRTP over a real socket on loopback.
/// Sending members may be called by one thread at a time.
/// </summary>
public sealed class SyntheticCaller : IAsyncDisposable
{
    private const byte OpusType = 111;
    private const byte PcmuType = 0;
    private const byte PcmaType = 8;
    private const byte KeyToneType = 126;

    private static readonly Lazy<DtlsContext> s_gcm = new(() => new DtlsContext(TimeProvider.System, SrtpProfile.OfferedNames));
    private static readonly Lazy<DtlsContext> s_counterMode =
        new(() => new DtlsContext(TimeProvider.System, SrtpProfile.AesCm128HmacSha1Tag80.OpenSslName));

    private readonly SyntheticCallerOptions _options;
    private readonly DtlsContext _context;
    private readonly Lock _receiveLock = new();
    private readonly byte[] _buffer = new byte[1500];
    private readonly uint _ssrc = (uint)RandomNumberGenerator.GetInt32(1, int.MaxValue);
    private IceCredentials _local = IceCredentials.Create();
    private CallerLink? _link;
    private SrtpSender? _sender;
    private SrtpReceiver? _receiver;
    private ushort _sequenceNumber = 100;
    private uint _timestamp = 1_000;

    /// <summary>Creates a caller; nothing is sent before <see cref="ConnectAsync"/>.</summary>
    public SyntheticCaller(SyntheticCallerOptions options)
    {
        _options = options;
        _context = options.OnlyCounterMode ? s_counterMode.Value : s_gcm.Value;
    }

    /// <summary>Called for each RTP packet that arrives, on the caller's receive thread.</summary>
    public event ReceivedPayload? PayloadReceived;

    /// <summary>The negotiated codec.</summary>
    public AudioCodecs Codec { get; private set; }

    /// <summary>RTP packets of the server that were authentic.</summary>
    public long PacketsReceived { get; private set; }

    /// <summary>RTCP packets of the server that were authentic.</summary>
    public long ReportsReceived { get; private set; }

    /// <summary>Completes when the server hangs up.</summary>
    public Task Closed => _link?.Closed ?? throw new InvalidOperationException("Not connected.");

    /// <summary>RTP clock ticks in 20 ms.</summary>
    public uint TimestampsPerFrame => Codec == AudioCodecs.Opus ? 960u : 160u;

    /// <summary>The offer to be answered.</summary>
    public string CreateOffer()
    {
        byte[] foreign = RandomNumberGenerator.GetBytes(32);
        CertificateFingerprint fingerprint = _options.AnnounceForeignCertificate ? new("sha-256", foreign) : _context.Fingerprint;
        List<byte> types = [];
        List<string> maps = [];
        Add(AudioCodecs.Opus, OpusType, "opus/48000/2");
        Add(AudioCodecs.Pcmu, PcmuType, "PCMU/8000");
        Add(AudioCodecs.Pcma, PcmaType, "PCMA/8000");
        types.Add(KeyToneType);
        maps.Add($"a=rtpmap:{KeyToneType} telephone-event/8000");
        string[] lines =
        [
            "v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "t=0 0", "a=group:BUNDLE 0",
            $"m=audio 9 UDP/TLS/RTP/SAVPF {string.Join(' ', types)}", "c=IN IP4 0.0.0.0", "a=mid:0", "a=rtcp-mux", "a=setup:actpass",
            $"a=fingerprint:{fingerprint}", $"a=ice-ufrag:{_local.UserFragment}", $"a=ice-pwd:{_local.Password}", "a=sendrecv", .. maps,
        ];
        return string.Join("\r\n", lines) + "\r\n";

        void Add(AudioCodecs codec, byte type, string map)
        {
            if (_options.Codecs.HasFlag(codec))
            {
                types.Add(type);
                maps.Add($"a=rtpmap:{type} {map}");
            }
        }
    }

    /// <summary>Connects to the server that gave this answer; completes when media can flow.</summary>
    /// <exception cref="IOException">The handshake failed.</exception>
    public async Task ConnectAsync(string answerSdp, CancellationToken cancellationToken)
    {
        string[] lines = answerSdp.Split("\r\n");
        string media = lines.First(l => l.StartsWith("m=audio ", StringComparison.Ordinal));
        Codec = media.Split(' ')[3] switch { "111" => AudioCodecs.Opus, "0" => AudioCodecs.Pcmu, _ => AudioCodecs.Pcma };
        CertificateFingerprint server = CertificateFingerprint.Parse(Value("a=fingerprint:"))!;
        _link = new CallerLink(_context, server, OnMedia, _options);
        IceCredentials remote = new(Value("a=ice-ufrag:"), Value("a=ice-pwd:"));
        DtlsSrtpKeys keys = await _link.ConnectAsync(ServerAddress(lines), _local, remote, cancellationToken);
        lock (_receiveLock)
        {
            _sender = new SrtpSender(keys.CreateTransform(DtlsRole.Client));
            _receiver = new SrtpReceiver(keys.CreateTransform(DtlsRole.Server));
        }

        string Value(string prefix) => lines.First(l => l.StartsWith(prefix, StringComparison.Ordinal))[prefix.Length..];
    }

    /// <summary>New ICE credentials for the next <see cref="CreateOffer"/>, as after a change of network.</summary>
    public void RenewCredentials() => _local = IceCredentials.Create();

    /// <summary>Sends the next 20 ms; the payload is what the negotiated codec makes of it.</summary>
    public void SendPayload(ReadOnlySpan<byte> payload)
    {
        SendPacket(PayloadType, payload, _timestamp);
        _timestamp += TimestampsPerFrame;
    }

    /// <summary>Lets the next packet be lost: its number and time pass, nothing is sent.</summary>
    public void SkipPacket()
    {
        _sequenceNumber++;
        _timestamp += TimestampsPerFrame;
    }

    /// <summary>Presses a key: five packets of one event and three of its end (RFC 4733 §2.5.1.4).</summary>
    public void PressKey(char key)
    {
        Span<byte> payload = stackalloc byte[4];
        for (ushort i = 1; i <= 8; i++)
        {
            TelephoneEvents.Write(payload, key, i > 5, (ushort)(Math.Min(i, (ushort)5) * TimestampsPerFrame));
            SendPacket(KeyToneType, payload, _timestamp);
        }

        _timestamp += 5 * TimestampsPerFrame;
    }

    /// <summary>Sends any bytes from the caller's address, for tests of robustness.</summary>
    public void SendRaw(ReadOnlySpan<byte> datagram) => Link.Send(datagram);

    /// <summary>Hangs up properly (DTLS close_notify).</summary>
    public void HangUp() => Link.Shutdown();

    /// <summary>Says goodbye on the RTP level only (RTCP BYE), as a browser does whose microphone is taken away.</summary>
    public void SendGoodbye()
    {
        int length = Rtcp.WriteReport(_buffer, new SenderInfo(_ssrc, 1, _timestamp, 1, 1), null, "caller");
        length += Rtcp.WriteBye(_buffer.AsSpan(length), _ssrc);
        Link.Send(_buffer.AsSpan(0, _sender!.ProtectRtcp(_buffer, length)));
    }

    /// <summary>Disappears without a word, as a phone that enters a tunnel.</summary>
    public void Vanish() => Link.Dispose();

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _link?.Dispose();
        lock (_receiveLock)
        {
            _sender?.Dispose();
            _receiver?.Dispose();
            _sender = null;
            _receiver = null;
        }

        return ValueTask.CompletedTask;
    }

    private CallerLink Link => _link ?? throw new InvalidOperationException("Not connected.");

    private byte PayloadType => Codec switch { AudioCodecs.Opus => OpusType, AudioCodecs.Pcmu => PcmuType, _ => PcmaType };

    private static IPEndPoint ServerAddress(string[] lines)
    {
        string[][] candidates = [.. lines.Where(l => l.StartsWith("a=candidate:", StringComparison.Ordinal)).Select(l => l.Split(' '))];
        string[] chosen = candidates.FirstOrDefault(c => c[4] == "127.0.0.1") ?? candidates[0];
        return new IPEndPoint(IPAddress.Parse(chosen[4]), int.Parse(chosen[5]));
    }

    private void SendPacket(byte payloadType, ReadOnlySpan<byte> payload, uint timestamp)
    {
        RtpHeader header = new() { PayloadType = payloadType, SequenceNumber = _sequenceNumber, Timestamp = timestamp, Ssrc = _ssrc };
        header.Write(_buffer);
        payload.CopyTo(_buffer.AsSpan(RtpHeader.FixedLength));
        int length = (_sender ?? throw new InvalidOperationException("Not connected."))
            .ProtectRtp(_buffer, RtpHeader.FixedLength + payload.Length, _sequenceNumber, _ssrc);
        Link.Send(_buffer.AsSpan(0, length));
        _sequenceNumber++;
    }

    private void OnMedia(Memory<byte> datagram)
    {
        lock (_receiveLock)
        {
            if (_receiver is null)
            {
                return;
            }

            Span<byte> span = datagram.Span;
            if (span.Length > 1 && span[1] is >= 192 and <= 223)
            {
                ReportsReceived += _receiver.TryUnprotectRtcp(span, out _) ? 1 : 0;
            }
            else if (_receiver.TryUnprotectRtp(span, out RtpHeader header, out int length))
            {
                PacketsReceived++;
                PayloadReceived?.Invoke(header.Payload(span[..length]), header.SequenceNumber, header.Timestamp);
            }
        }
    }
}

/// <summary>A packet of the server.</summary>
/// <param name="payload">Codec payload; valid during the call only.</param>
/// <param name="sequenceNumber">RTP sequence number.</param>
/// <param name="timestamp">RTP timestamp.</param>
public delegate void ReceivedPayload(ReadOnlySpan<byte> payload, ushort sequenceNumber, uint timestamp);
