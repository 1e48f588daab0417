namespace VoiceOrdering.Api.Identity;

/// <summary>Credentials: a name with a password, or an API key.</summary>
internal sealed record TokenRequest
{
    public string? Username { get; init; }

    public string? Password { get; init; }

    public string? ApiKey { get; init; }
}

/// <summary>An access token and what it allows.</summary>
internal sealed record TokenResponse(string AccessToken, string TokenType, int ExpiresInSeconds, IReadOnlyList<string> Scopes, string? RestaurantId)
{
    /// <summary>Good once, for the next access token; absent for API keys.</summary>
    public string? RefreshToken { get; init; }
}

/// <summary>A refresh token to be exchanged.</summary>
internal sealed record RefreshRequest
{
    public string? RefreshToken { get; init; }
}
