using VoiceOrdering.Identity;

namespace VoiceOrdering.Api.Identity;

/// <summary>Somebody whose credentials were right.</summary>
/// <param name="Subject">Stable id.</param>
/// <param name="Restaurant">The restaurant, or null for operators.</param>
/// <param name="Scopes">Granted scopes, sorted.</param>
internal sealed record Principal(string Subject, RestaurantId? Restaurant, IReadOnlyList<string> Scopes);
