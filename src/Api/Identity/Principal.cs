using VoiceOrdering.Identity;

namespace VoiceOrdering.Api.Identity;

/// <summary>Somebody whose credentials were right.</summary>
/// <param name="Subject">Stable id.</param>
/// <param name="Restaurant">The restaurant, or null for operators.</param>
/// <param name="Scopes">Granted scopes, sorted.</param>
internal sealed record Principal(string Subject, RestaurantId? Restaurant, IReadOnlyList<string> Scopes)
{
    /// <summary>When it was looked up: what was revoked since then is void for its tokens too. Null for now.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Until when its tokens are good at most; null for their usual life.</summary>
    public DateTimeOffset? EndsAt { get; init; }
}
