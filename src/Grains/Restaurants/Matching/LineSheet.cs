namespace VoiceOrdering.Grains.Restaurants.Matching;

/// <summary>The lines understood so far, and which of them is being spoken of.</summary>
internal sealed class LineSheet
{
    private const int Pair = 2;
    private readonly List<LineDraft> _lines = [];
    private int _shared;
    private bool _alone;

    public IReadOnlyList<LineDraft> Lines => _lines;
    public LineDraft? Current { get; private set; }

    /// <summary>Whether what follows is for several lines ("both with fries").</summary>
    public bool IsShared => _shared > 1 || _alone;

    /// <summary>The word that is being read.</summary>
    public int Word { get; set; }

    public void Begin(LineDraft line)
    {
        line.FirstWord = Word;
        _lines.Add(line);
        (Current, _shared, _alone) = (line, 0, false);
    }

    /// <summary>Speaks of an earlier line again.</summary>
    public void Return(LineDraft line) => (Current, _shared, _alone) = (line, 0, false);

    public void ShareBoth() => _shared = Math.Min(Pair, _lines.Count);

    public void ShareAll() => (_shared, _alone) = (_lines.Count, _lines.Count == 1);

    /// <summary>"on all of those pizzas": the name says again what is shared.</summary>
    public void KeepSharing() => _alone = false;

    /// <summary>The lines that the next words are for.</summary>
    public IEnumerable<LineDraft> Addressed => IsShared ? _lines.TakeLast(_shared) : Current is { } line ? [line] : [];

    /// <summary>The newest line that can have one of these options.</summary>
    public LineDraft? NewestFitting(IReadOnlyList<string> optionIds) => _lines.LastOrDefault(line => line.Fitting(optionIds) is not null);

    public LineDraft? NewestOf(IndexedItem item) => _lines.LastOrDefault(line => line.Item.Position == item.Position);

    public void RemoveItem(IndexedItem item)
    {
        _lines.RemoveAll(line => line.Item.Position == item.Position);
        Current = _lines.LastOrDefault();
    }

    public void RemoveCurrent()
    {
        if (Current is null) return;
        _lines.Remove(Current);
        Current = _lines.LastOrDefault();
    }

    /// <summary>"two pizzas, one with ham and one with olives": a part of the current line's number becomes a line of its own.</summary>
    public void Split(int count)
    {
        if (Current is not { } whole) return;
        // What was said of all of them stays with each part.
        var source = _split ?? whole;
        var part = source.Another(count);
        if (source.Quantity > count) source.Quantity -= count;
        else _lines.Remove(source);
        _split = _lines.Contains(source) ? source : null;
        Begin(part);
    }

    private LineDraft? _split;

    /// <summary>Whether some of a line's number is still to be described.</summary>
    public bool CanSplit(int count) => (_split is not null || Current is { HasModifiers: false }) && (_split ?? Current) is { HasOwnQuantity: true } line && _lines.Contains(line) && (_split is not null ? line.Quantity >= count : line.Quantity > count);
}
