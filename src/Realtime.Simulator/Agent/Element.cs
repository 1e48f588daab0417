namespace VoiceOrdering.Realtime.Simulator.Agent;

/// <summary>A stretch of words that means one thing; several readings may stand until the sentence around it decides.</summary>
/// <param name="First">Index of its first token.</param>
/// <param name="Length">Number of tokens.</param>
internal sealed record Element(int First, int Length)
{
    public Cue? Cue { get; init; }

    public int? Number { get; init; }

    /// <summary>True for "a" and "an", which count one thing but never change a count.</summary>
    public bool IsArticle { get; init; }

    /// <summary>The items it may name, more than one when the name is not complete.</summary>
    public IReadOnlyList<MenuItem> Items { get; init; } = [];

    /// <summary>True when the words are a whole name or alias, not a part of one.</summary>
    public bool NamesItemFully { get; init; }

    public IReadOnlySet<string> OptionIds { get; init; } = NoIds;

    public IReadOnlySet<string> SizeIds { get; init; } = NoIds;

    public int End => First + Length;

    public bool IsItem => Items.Count > 0;

    public bool IsOption => OptionIds.Count > 0;

    public bool IsSize => SizeIds.Count > 0;

    private static readonly IReadOnlySet<string> NoIds = new HashSet<string>();

    public bool Is(Cue cue) => Cue == cue;
}
