using VoiceOrdering.Media.Audio;
using VoiceOrdering.Media.Dtls;
using VoiceOrdering.Media.Rtp;
using VoiceOrdering.Media.Srtp;
using VoiceOrdering.Media.Transport;

namespace VoiceOrdering.Media.WebRtc;

/// <summary>Runs every step of a call once in memory, so that the first caller does not wait for the compiler and for OpenSSL's tables.</summary>
internal static class WarmUp
{
    private const int MaxRounds = 1_000;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(10);

    /// <exception cref="InvalidOperationException">The handshake with itself failed: this machine's OpenSSL cannot do what is needed.</exception>
    public static void Run(DtlsContext context, bool hasOpus)
    {
        foreach (SrtpProfile profile in new[] { SrtpProfile.AeadAes128Gcm, SrtpProfile.AesCm128HmacSha1Tag80 })
        {
            byte[] material = new byte[profile.KeyingMaterialLength];
            Exchange(new DtlsSrtpKeys(profile, material));
        }

        DtlsSrtpKeys agreed = Handshake(context);
        Exchange(agreed);
        if (hasOpus)
        {
            using OpusCodec codec = new(0, 32_000);
            byte[] payload = new byte[OpusEncoder.MaxPacketBytes];
            byte[] pcm = new byte[OpusDecoder.MaxSamples * 2];
            int length = codec.EncodeSilence(payload);
            codec.Decode(payload.AsSpan(0, length), pcm);
        }
    }

    private static DtlsSrtpKeys Handshake(DtlsContext context)
    {
        Wire toServer = new();
        Wire toClient = new();
        using DtlsConnection client = new(context, DtlsRole.Client, context.Fingerprint, toServer);
        using DtlsConnection server = new(context, DtlsRole.Server, context.Fingerprint, toClient);
        client.Begin();
        for (int round = 0; round < MaxRounds && (client.State, server.State) != (DtlsState.Established, DtlsState.Established); round++)
        {
            // On a busy machine more than 100 ms may pass between two steps: retransmissions cross, OpenSSL drops what is out of order, and
            // only the timers bring both sides together again, as in a real call.
            if (toServer.Waiting.Count + toClient.Waiting.Count == 0)
            {
                PreciseWait.Wait(s_pause);
                client.HandleTimeout();
                server.HandleTimeout();
            }

            Deliver(toServer, server);
            Deliver(toClient, client);
        }

        if (client.State != DtlsState.Established || server.State != DtlsState.Established)
        {
            throw new InvalidOperationException(
                $"OpenSSL cannot complete a DTLS handshake with itself: {client.FailureReason} {server.FailureReason}");
        }

        return server.ExportKeys();
    }

    private static void Deliver(Wire wire, DtlsConnection to)
    {
        while (wire.Waiting.TryDequeue(out byte[]? datagram))
        {
            to.Receive(datagram);
        }
    }

    private static void Exchange(DtlsSrtpKeys keys)
    {
        using SrtpSender sender = new(keys.CreateTransform(DtlsRole.Client));
        using SrtpReceiver receiver = new(keys.CreateTransform(DtlsRole.Client));
        byte[] packet = new byte[256];
        new RtpHeader { Ssrc = 1 }.Write(packet);
        int length = sender.ProtectRtp(packet, 172, 0, 1);
        receiver.TryUnprotectRtp(packet.AsSpan(0, length), out _, out _);
        length = Rtcp.WriteReport(packet, new SenderInfo(1, 1, 1, 1, 1), null, "warm-up");
        length = sender.ProtectRtcp(packet, length);
        receiver.TryUnprotectRtcp(packet.AsSpan(0, length), out _);
    }

    private sealed class Wire : IDtlsTransport
    {
        public Queue<byte[]> Waiting { get; } = new();

        public void SendDtls(ReadOnlySpan<byte> datagram) => Waiting.Enqueue(datagram.ToArray());
    }
}
