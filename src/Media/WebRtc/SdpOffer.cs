using VoiceOrdering.Media.Dtls;
using VoiceOrdering.Media.Ice;

namespace VoiceOrdering.Media.WebRtc;

/// <summary>The parts of an offer (RFC 8866, RFC 8829) that decide the answer. All values are checked; the text is hostile until then.</summary>
internal sealed record SdpOffer
{
    private const int MaxMediaLines = 32;
    private const int MaxFormats = 64;
    private const int MaxTokenChars = 256;

    public required IReadOnlyList<SdpMedia> Media { get; init; }

    /// <summary>Index of the audio line that is answered.</summary>
    public required int AudioIndex { get; init; }

    public required IceCredentials Remote { get; init; }

    public required CertificateFingerprint Fingerprint { get; init; }

    public SdpMedia Audio => Media[AudioIndex];

    /// <summary>Parses an offer; on failure <paramref name="reason"/> says what is missing or wrong without quoting it.</summary>
    public static SdpOffer? Parse(string sdp, out string reason)
    {
        SdpMedia session = new("session", 0, "", []);
        List<SdpMedia> media = [];
        if (!TryReadLines(sdp, session, media, out reason))
        {
            return null;
        }

        int audioIndex = media.FindIndex(m => m.Kind == "audio" && m.Port != 0);
        if (audioIndex < 0)
        {
            reason = "there is no active audio line.";
            return null;
        }

        return ReadAudio(session, media, audioIndex, out reason);
    }

    private static bool TryReadLines(string sdp, SdpMedia session, List<SdpMedia> media, out string reason)
    {
        SdpMedia current = session;
        bool isFirst = true;
        foreach (ReadOnlySpan<char> raw in sdp.AsSpan().EnumerateLines())
        {
            ReadOnlySpan<char> line = raw.TrimEnd();
            if (line.IsEmpty)
            {
                continue;
            }

            if (line.Length < 2 || line[1] != '=' || (isFirst && !line.SequenceEqual("v=0")))
            {
                reason = "it is not SDP.";
                return false;
            }

            isFirst = false;
            if (line[0] == 'm')
            {
                if (media.Count == MaxMediaLines || !TryReadMedia(line[2..], out SdpMedia? section))
                {
                    reason = "a media line is malformed, or there are too many.";
                    return false;
                }

                media.Add(current = section!);
            }
            else if (line[0] == 'a')
            {
                ReadOnlySpan<char> attribute = line[2..];
                int colon = attribute.IndexOf(':');
                current.Add(
                    (colon < 0 ? attribute : attribute[..colon]).ToString(),
                    colon < 0 ? "" : attribute[(colon + 1)..].Trim().ToString());
            }
        }

        reason = isFirst ? "it is empty." : "";
        return !isFirst;
    }

    // m=<media> <port>[/<count>] <proto> <fmt> ...
    private static bool TryReadMedia(ReadOnlySpan<char> value, out SdpMedia? media)
    {
        media = null;
        string[] parts = value.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 4 || parts.Length > 3 + MaxFormats
            || parts.Any(p => p.Length > MaxTokenChars || p.Any(c => c is <= ' ' or > '~'))
            || !ushort.TryParse(parts[1].Split('/')[0], out ushort port))
        {
            return false;
        }

        media = new SdpMedia(parts[0], port, parts[2], parts[3..]);
        return true;
    }

    private static SdpOffer? ReadAudio(SdpMedia session, List<SdpMedia> media, int audioIndex, out string reason)
    {
        SdpMedia audio = media[audioIndex];
        string userFragment = audio.Find("ice-ufrag") ?? session.Find("ice-ufrag") ?? "";
        string password = audio.Find("ice-pwd") ?? session.Find("ice-pwd") ?? "";
        CertificateFingerprint? fingerprint = CertificateFingerprint.Parse(audio.Find("fingerprint") ?? session.Find("fingerprint") ?? "");
        string setup = audio.Find("setup") ?? session.Find("setup") ?? "actpass";
        string mid = audio.Find("mid") ?? "";
        reason = "";
        if (audio.Protocol is not ("UDP/TLS/RTP/SAVPF" or "UDP/TLS/RTP/SAVP"))
        {
            reason = "the audio must use UDP/TLS/RTP/SAVPF.";
        }
        else if (!IceCredentials.AreValid(userFragment, password))
        {
            reason = "ice-ufrag or ice-pwd is missing or malformed.";
        }
        else if (fingerprint is null)
        {
            reason = "there is no fingerprint with sha-256, sha-384 or sha-512.";
        }
        else if (setup is not ("actpass" or "active"))
        {
            reason = "the offerer must be able to be the DTLS client (setup actpass or active).";
        }
        else if (audio.Find("rtcp-mux") is null)
        {
            reason = "rtcp-mux is required.";
        }
        else if (!IsToken(mid) || !media.All(m => IsToken(m.Find("mid") ?? "")))
        {
            reason = "a mid is malformed.";
        }
        else
        {
            return new SdpOffer
            {
                Media = media,
                AudioIndex = audioIndex,
                Remote = new IceCredentials(userFragment, password),
                Fingerprint = fingerprint,
            };
        }

        return null;
    }

    // What is written back into the answer may contain nothing that ends a line or an attribute.
    private static bool IsToken(string value) => value.Length <= 64 && value.All(c => c is > ' ' and <= '~');
}
