using VoiceOrdering.Media.Audio;

namespace VoiceOrdering.Media.WebRtc;

/// <summary>The codec of one session and the payload types the offer gave it.</summary>
internal sealed record NegotiatedCodec
{
    private const string KeyToneEncoding = "telephone-event/";

    public required AudioCodecs Codec { get; init; }

    public required byte PayloadType { get; init; }

    /// <summary>Payload types of telephone events by clock rate; Firefox has only one at 8000 also with Opus, Chromium has both.</summary>
    public required IReadOnlyList<(byte PayloadType, int ClockHz)> KeyTones { get; init; }

    public string Name => Codec switch { AudioCodecs.Opus => "opus", AudioCodecs.Pcmu => "PCMU", _ => "PCMA" };

    /// <summary>RTP clock; 48000 for Opus at any sampling rate (RFC 7587 §4.1).</summary>
    public int ClockHz => Codec == AudioCodecs.Opus ? 48_000 : 8_000;

    public int TimestampsPerFrame => ClockHz / (1000 / AudioFormat.FrameMs);

    public AudioFormat Format => Codec switch
    {
        AudioCodecs.Opus => AudioFormat.Pcm24k,
        AudioCodecs.Pcmu => AudioFormat.Pcmu8k,
        _ => AudioFormat.Pcma8k,
    };

    public string RtpMap => Codec == AudioCodecs.Opus ? "opus/48000/2" : Name + "/8000";

    public bool IsKeyTone(byte payloadType)
    {
        for (int i = 0; i < KeyTones.Count; i++)
        {
            if (KeyTones[i].PayloadType == payloadType)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The first codec of the offer's list that is allowed; null when there is none.</summary>
    public static NegotiatedCodec? Choose(SdpMedia audio, AudioCodecs allowed)
    {
        foreach (string format in audio.Formats)
        {
            AudioCodecs codec = Identify(audio.FindRtpMap(format));
            if ((codec & allowed) != 0 && TryParsePayloadType(format, out byte payloadType))
            {
                return new NegotiatedCodec { Codec = codec, PayloadType = payloadType, KeyTones = FindKeyTones(audio, codec) };
            }
        }

        return null;
    }

    private static AudioCodecs Identify(string rtpMap) => rtpMap.ToUpperInvariant() switch
    {
        "OPUS/48000/2" => AudioCodecs.Opus,
        "PCMU/8000" or "PCMU/8000/1" => AudioCodecs.Pcmu,
        "PCMA/8000" or "PCMA/8000/1" => AudioCodecs.Pcma,
        _ => AudioCodecs.None,
    };

    private static List<(byte PayloadType, int ClockHz)> FindKeyTones(SdpMedia audio, AudioCodecs codec)
    {
        List<(byte PayloadType, int ClockHz)> found = [];
        foreach (string format in audio.Formats)
        {
            string map = audio.FindRtpMap(format);
            if (map.StartsWith(KeyToneEncoding, StringComparison.OrdinalIgnoreCase)
                && int.TryParse(map[KeyToneEncoding.Length..].Split('/')[0], out int clockHz)
                && (clockHz == 8_000 || (clockHz == 48_000 && codec == AudioCodecs.Opus))
                && !found.Any(k => k.ClockHz == clockHz)
                && TryParsePayloadType(format, out byte payloadType))
            {
                found.Add((payloadType, clockHz));
            }
        }

        return found;
    }

    private static bool TryParsePayloadType(string format, out byte payloadType) => byte.TryParse(format, out payloadType) && payloadType <= 127;
}
