using VoiceOrdering.Carts;
using VoiceOrdering.Grains.Restaurants.Matching;
using VoiceOrdering.Restaurants;
using VoiceOrdering.Sessions;

namespace VoiceOrdering.Grains.Sessions.Briefing;

/// <summary>What a brief is made of.</summary>
internal sealed record BriefSource(MenuIndex Menu, RestaurantProfile Profile, string Language, CartView Cart, IReadOnlyList<TurnRecord> Transcript)
{
    /// <summary>The restaurant's settings and whether it is open; null where nobody set any.</summary>
    public SettingsSnapshot? Settings { get; init; }

    /// <summary>Whether somebody spoke or ordered before: then the conversation goes on instead of beginning.</summary>
    public bool IsResumed => Transcript.Count > 0 || Cart.Lines.Count > 0;
}
