using VoiceOrdering.Flags;
using VoiceOrdering.Grains.Restaurants.Matching;

namespace VoiceOrdering.Grains.Flags;

/// <summary>What decided flags mean. Pure.</summary>
internal static class DecidedFlags
{
    /// <summary>The decided flags with the caller's own wishes on top, sorted.</summary>
    public static IReadOnlyList<string> Apply(IReadOnlyList<string> decided, IReadOnlyList<FlagOverride> wishes)
    {
        var on = decided.ToHashSet(StringComparer.Ordinal);
        foreach (var wish in wishes)
        {
            if (wish.On) on.Add(wish.Name);
            else on.Remove(wish.Name);
        }
        return on.Order(StringComparer.Ordinal).ToArray();
    }

    /// <summary>The flags that are on; a session from before there were flags has the defaults.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<string>? kept) =>
        kept ?? FlagDefaults.Rules.Where(rule => rule is { Enabled: true, Percentage: 100 }).Select(rule => rule.Name).ToArray();

    /// <summary>Confidence from which words are taken without asking.</summary>
    public static double AcceptAt(IReadOnlyList<string>? kept) => Of(kept).Contains(FlagNames.MatchThreshold075) ? MatchThresholds.Accept : MatchThresholds.Confirm;
}
