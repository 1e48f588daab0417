namespace VoiceOrdering.Grains.Restaurants.Matching;

/// <summary>The ladder of trust: accept, confirm, suggest.</summary>
internal static class MatchThresholds
{
    /// <summary>At or above: taken as said.</summary>
    public const double Accept = 0.75;

    /// <summary>At or above, below <see cref="Accept"/>: taken, but the customer is asked. Below: only suggested.</summary>
    public const double Confirm = 0.5;
}

/// <summary>How far a line is believed at most when something about it is not plain.</summary>
internal static class MatchCeilings
{
    /// <summary>An unknown word right before an item's name may change what is meant ("vegan cheeseburger"): the customer is asked.</summary>
    public const double UnknownWord = 0.7;

    /// <summary>Two items fit the same words almost equally well.</summary>
    public const double Ambiguous = 0.6;

    /// <summary>How near the second best must be for that.</summary>
    public const double AmbiguousMargin = 0.08;

    /// <summary>The item does not come in the size that was named.</summary>
    public const double SizeMissing = 0.9;

    /// <summary>No item was named, but only one has this size and these options.</summary>
    public const double Implied = 0.8;

    /// <summary>Part of a name after a number or size ("a large pepperoni") counts from here on.</summary>
    public const double PartialName = 0.6;
}
