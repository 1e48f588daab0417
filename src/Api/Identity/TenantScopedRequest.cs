namespace VoiceOrdering.Api.Identity;

/// <summary>A request body that may name the restaurant; it must then be the token's.</summary>
internal abstract record TenantScopedRequest
{
    /// <summary>Optional; never decides anything, a foreign one is refused.</summary>
    public string? RestaurantId { get; init; }
}
