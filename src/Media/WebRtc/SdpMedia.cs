namespace VoiceOrdering.Media.WebRtc;

/// <summary>One m-line of an offer with its attributes (RFC 8866 §5.14).</summary>
internal sealed class SdpMedia(string kind, int port, string protocol, string[] formats)
{
    private readonly List<KeyValuePair<string, string>> _attributes = [];

    public string Kind { get; } = kind;

    public int Port { get; } = port;

    public string Protocol { get; } = protocol;

    public string[] Formats { get; } = formats;

    public void Add(string name, string value) => _attributes.Add(new(name, value));

    public string? Find(string name)
    {
        foreach (KeyValuePair<string, string> attribute in _attributes)
        {
            if (attribute.Key == name)
            {
                return attribute.Value;
            }
        }

        return null;
    }

    /// <summary>The rtpmap value of a payload type, for example <c>opus/48000/2</c>; static types have a default (RFC 3551 §6).</summary>
    public string FindRtpMap(string format)
    {
        foreach (KeyValuePair<string, string> attribute in _attributes)
        {
            if (attribute.Key == "rtpmap" && attribute.Value.StartsWith(format + " ", StringComparison.Ordinal))
            {
                return attribute.Value[(format.Length + 1)..].Trim();
            }
        }

        return format switch { "0" => "PCMU/8000", "8" => "PCMA/8000", _ => "" };
    }

    /// <summary>sendrecv when the offer says nothing (RFC 8866 §6.7).</summary>
    public string Direction()
    {
        foreach (KeyValuePair<string, string> attribute in _attributes)
        {
            if (attribute.Key is "sendrecv" or "sendonly" or "recvonly" or "inactive")
            {
                return attribute.Key;
            }
        }

        return "sendrecv";
    }
}
