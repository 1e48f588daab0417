using System.Buffers.Binary;

namespace VoiceOrdering.Media.Rtp;

/// <summary>Key presses as named events (RFC 4733 §2.3). Not thread-safe.</summary>
internal sealed class TelephoneEvents
{
    public const string Keys = "0123456789*#ABCD";
    private const int PayloadLength = 4;
    private uint _lastTimestamp;
    private bool _isStarted;

    /// <summary>
    /// The key of a new press, or null for the repetitions of one already reported: all packets of a press carry the timestamp of its beginning
    /// (RFC 4733 §2.2.1), so any of them, also when the first is lost, reports it, and exactly one does.
    /// </summary>
    public char? Note(uint timestamp, ReadOnlySpan<byte> payload)
    {
        if (payload.Length < PayloadLength || payload[0] >= Keys.Length)
        {
            return null;
        }

        // A reordered packet of an earlier press is no new press.
        if (_isStarted && (int)(timestamp - _lastTimestamp) <= 0)
        {
            return null;
        }

        _isStarted = true;
        _lastTimestamp = timestamp;
        return Keys[payload[0]];
    }

    /// <summary>The next source starts with a timestamp of its own.</summary>
    public void Reset() => _isStarted = false;

    /// <summary>Writes the four payload bytes; for senders.</summary>
    public static void Write(Span<byte> payload, char key, bool isEnd, ushort duration)
    {
        payload[0] = (byte)Keys.IndexOf(key, StringComparison.Ordinal);
        payload[1] = (byte)((isEnd ? 0x80 : 0) | 10);
        BinaryPrimitives.WriteUInt16BigEndian(payload[2..], duration);
    }
}
