namespace VoiceOrdering.Api.Identity;

/// <summary>The one authentication scheme: opaque bearer tokens of the framework.</summary>
internal static class BearerScheme
{
    /// <summary>Scheme name; also what HTTP calls it.</summary>
    public const string Name = "Bearer";

    /// <summary>Authentication type inside the access token's ticket, as the framework's handler expects it.</summary>
    public const string AccessTokenType = $"{Name}:AccessToken";
}
