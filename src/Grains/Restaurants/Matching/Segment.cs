namespace VoiceOrdering.Grains.Restaurants.Matching;

/// <summary>What a piece of the utterance is.</summary>
internal enum SegmentKind
{
    /// <summary>A comma or the end of a sentence.</summary>
    Pause,

    /// <summary>Words of ordinary talk.</summary>
    Cue,

    /// <summary>A phrase of the menu.</summary>
    Menu,

    /// <summary>A word that is neither.</summary>
    Unknown,
}

/// <summary>A piece of the utterance.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Its first word.</param>
/// <param name="End">The word after it.</param>
internal readonly record struct Segment(SegmentKind Kind, int Start, int End)
{
    public Cue Cue { get; init; }
    public PhraseMatch Match { get; init; }
    public bool IsItem => Kind == SegmentKind.Menu && Match.Meaning.Items.Count > 0;
    public bool IsOption => Kind == SegmentKind.Menu && Match.Meaning.OptionIds.Count > 0;
    public bool IsSize => Kind == SegmentKind.Menu && Match.Meaning.SizeIds.Count > 0;
    public bool Is(CueKind kind) => Kind == SegmentKind.Cue && Cue.Kind == kind;
}
