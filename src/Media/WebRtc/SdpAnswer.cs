using System.Net;
using System.Net.Sockets;
using System.Text;
using VoiceOrdering.Media.Dtls;
using VoiceOrdering.Media.Ice;

namespace VoiceOrdering.Media.WebRtc;

/// <summary>Writes an answer (RFC 8829 §5.3, RFC 8839). More than Chromium needs, because other browsers check more.</summary>
internal sealed record SdpAnswer
{
    // RFC 8445 §5.1.2.1: host candidate, one component; IPv6 and order of addresses in the local preference.
    private const uint HostTypePreference = 126u << 24;

    public required SdpOffer Offer { get; init; }

    public required NegotiatedCodec Codec { get; init; }

    public required IceCredentials Local { get; init; }

    public required CertificateFingerprint Fingerprint { get; init; }

    public required IReadOnlyList<IPEndPoint> Candidates { get; init; }

    public required uint Ssrc { get; init; }

    public required string CanonicalName { get; init; }

    /// <summary>Counts up with each answer of a session (RFC 8866 §5.2).</summary>
    public required int Version { get; init; }

    public override string ToString()
    {
        StringBuilder sdp = new(1024);
        Line(sdp, $"v=0");
        Line(sdp, $"o=- {Ssrc} {Version} IN IP4 127.0.0.1");
        Line(sdp, $"s=-");
        Line(sdp, $"t=0 0");
        Line(sdp, $"a=ice-lite");
        if (Offer.Audio.Find("mid") is { Length: > 0 } bundled)
        {
            Line(sdp, $"a=group:BUNDLE {bundled}");
        }

        Line(sdp, $"a=msid-semantic: WMS *");
        for (int i = 0; i < Offer.Media.Count; i++)
        {
            if (i == Offer.AudioIndex)
            {
                WriteAudio(sdp);
            }
            else
            {
                WriteRefused(sdp, Offer.Media[i]);
            }
        }

        return sdp.ToString();
    }

    private static void Line(StringBuilder sdp, FormattableString line) => sdp.Append(FormattableString.Invariant(line)).Append("\r\n");

    // Every m-line of the offer must come back, in its order; port 0 refuses it (RFC 3264 §6).
    private static void WriteRefused(StringBuilder sdp, SdpMedia media)
    {
        Line(sdp, $"m={media.Kind} 0 {media.Protocol} {string.Join(' ', media.Formats)}");
        Line(sdp, $"c=IN IP4 0.0.0.0");
        if (media.Find("mid") is { Length: > 0 } mid)
        {
            Line(sdp, $"a=mid:{mid}");
        }

        Line(sdp, $"a=inactive");
    }

    private void WriteAudio(StringBuilder sdp)
    {
        IPEndPoint first = Candidates[0];
        string formats = string.Join(' ', new[] { Codec.PayloadType }.Concat(Codec.KeyTones.Select(k => k.PayloadType)));
        Line(sdp, $"m=audio {first.Port} {Offer.Audio.Protocol} {formats}");
        Line(sdp, $"c=IN {(first.AddressFamily == AddressFamily.InterNetworkV6 ? "IP6" : "IP4")} {first.Address}");
        if (Offer.Audio.Find("mid") is { Length: > 0 } mid)
        {
            Line(sdp, $"a=mid:{mid}");
        }

        Line(sdp, $"a=rtpmap:{Codec.PayloadType} {Codec.RtpMap}");
        if (Codec.Codec == AudioCodecs.Opus)
        {
            // Steers the browser's encoder (RFC 7587 §6.1): mono, what we decode, with redundancy.
            Line(sdp, $"a=fmtp:{Codec.PayloadType} minptime=10;useinbandfec=1;stereo=0;maxplaybackrate=24000");
        }

        foreach ((byte payloadType, int clockHz) in Codec.KeyTones)
        {
            Line(sdp, $"a=rtpmap:{payloadType} telephone-event/{clockHz}");
            Line(sdp, $"a=fmtp:{payloadType} 0-15");
        }

        Line(sdp, $"a=ptime:20");
        string direction = Offer.Audio.Direction() switch { "sendonly" => "recvonly", "recvonly" => "sendonly", var same => same };
        Line(sdp, $"a={direction}");
        Line(sdp, $"a=msid:- agent");
        Line(sdp, $"a=ssrc:{Ssrc} cname:{CanonicalName}");
        Line(sdp, $"a=rtcp-mux");
        Line(sdp, $"a=setup:passive");
        Line(sdp, $"a=fingerprint:{Fingerprint}");
        Line(sdp, $"a=ice-ufrag:{Local.UserFragment}");
        Line(sdp, $"a=ice-pwd:{Local.Password}");
        for (int i = 0; i < Candidates.Count; i++)
        {
            uint priority = HostTypePreference | ((65_535u - (uint)i) << 8) | 255;
            Line(sdp, $"a=candidate:{i + 1} 1 udp {priority} {Candidates[i].Address} {Candidates[i].Port} typ host");
        }

        Line(sdp, $"a=end-of-candidates");
    }
}
