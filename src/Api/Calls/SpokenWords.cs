using System.Text;

namespace VoiceOrdering.Api.Calls;

/// <summary>
/// The words of one spoken item with the point of its audio at which each piece of text was announced. Not thread-safe.
/// </summary>
internal sealed class SpokenWords
{
    private readonly StringBuilder _text = new();
    private readonly List<(int End, double AnnouncedMs)> _pieces = [];
    private string? _final;

    /// <summary>The text so far, or the whole text once it is known.</summary>
    public string Text => _final ?? _text.ToString();

    /// <summary>The provider said that nothing follows.</summary>
    public bool IsFinal => _final is not null;

    public bool IsEmpty => _final is null ? _text.Length == 0 : _final.Length == 0;

    /// <summary>Adds a piece that arrived when <paramref name="audioMs"/> of the item's audio had been received.</summary>
    public void Append(string delta, double audioMs)
    {
        _text.Append(delta);
        _pieces.Add((_text.Length, audioMs));
    }

    /// <summary>Replaces the pieces by the whole text.</summary>
    public void Complete(string text) => _final = text;

    /// <summary>
    /// Milliseconds of audio that were already received when the character was announced: it cannot have been spoken before.
    /// 0 when nothing can be said, also when the words trail the audio (then their arrival proves nothing).
    /// </summary>
    public double AnnouncedMs(int characterIndex)
    {
        if (_pieces.Count == 0 || _pieces[0].AnnouncedMs > 0)
        {
            return 0;
        }

        foreach ((int end, double announcedMs) in _pieces)
        {
            if (characterIndex < end)
            {
                return announcedMs;
            }
        }

        return 0;
    }
}
