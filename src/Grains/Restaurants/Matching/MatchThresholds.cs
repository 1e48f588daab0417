namespace VoiceOrdering.Grains.Restaurants.Matching;

/// <summary>The ladder of trust: accept, confirm, suggest.</summary>
internal static class MatchThresholds
{
    /// <summary>At or above: taken as said.</summary>
    public const double Accept = 0.75;

    /// <summary>At or above, below <see cref="Accept"/>: taken, but the customer is asked. Below: only suggested.</summary>
    public const double Confirm = 0.5;
}
