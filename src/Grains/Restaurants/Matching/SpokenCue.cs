namespace VoiceOrdering.Grains.Restaurants.Matching;

/// <summary>What words that no menu lists do in an order.</summary>
internal enum CueKind
{
    /// <summary>Says nothing and separates nothing: "the", "on it".</summary>
    Small,

    /// <summary>Stands between a number or size and what is counted: "two orders of", "a large side of".</summary>
    Measure,

    /// <summary>Describes food without choosing anything: "fresh", "nice".</summary>
    Descriptor,

    /// <summary>Politeness and hesitation; what was denied before ends here.</summary>
    Polite,

    /// <summary>Begins a new clause: "I", "can", "give".</summary>
    Clause,

    /// <summary>"a", "an".</summary>
    Article,

    /// <summary>How many.</summary>
    Number,

    /// <summary>"another", "one more".</summary>
    Another,

    /// <summary>What follows is not wanted.</summary>
    Negation,

    /// <summary>"substitute": one thing for another.</summary>
    Substitution,

    /// <summary>How much of an option.</summary>
    Amount,

    /// <summary>"on the side", after an option.</summary>
    OnTheSide,

    /// <summary>What follows belongs to what came before.</summary>
    With,

    /// <summary>"on", "for" before the item that something belongs to.</summary>
    Onto,

    /// <summary>Joins two of a kind.</summary>
    And,

    /// <summary>Joins two of a kind, both denied when one is.</summary>
    Or,

    /// <summary>"but": a denial ends here.</summary>
    But,

    /// <summary>What was said before is taken back for what follows.</summary>
    Correction,

    /// <summary>What follows may take back what was said before, or not.</summary>
    Afterthought,

    /// <summary>The last thing is taken back, nothing takes its place.</summary>
    TakeBack,

    /// <summary>What follows is for the last two lines.</summary>
    Both,

    /// <summary>What follows is for every line.</summary>
    All,
}

/// <summary>A cue at a place of the utterance.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Value">The number, for numbers.</param>
/// <param name="Amount">The amount, for amounts.</param>
internal readonly record struct Cue(CueKind Kind, int Value = 0, string? Amount = null);
