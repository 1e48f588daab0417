using VoiceOrdering.Silo.Identity;

namespace VoiceOrdering.Api.Identity;

/// <summary>A user to add or change; what is left out stays, when it is changed.</summary>
internal sealed record UserRequest : TenantScopedRequest
{
    /// <summary>1–64 lower-case letters, digits, dots, dashes; the restaurant is put behind an at sign.</summary>
    public string? Name { get; init; }

    public string? Password { get; init; }

    public string? Role { get; init; }

    public bool? Disabled { get; init; }
}

/// <summary>A user on the wire.</summary>
internal sealed record UserBody(string Username, string Subject, string Role, bool Disabled, IReadOnlyList<string> Scopes, DateTimeOffset? CreatedAt)
{
    public static UserBody From(StoredUser user) => new(user.Username, user.Subject, user.Role, user.IsDisabled, user.Scopes, user.CreatedAt);
}

/// <summary>One's own new password.</summary>
internal sealed record PasswordRequest
{
    public string? Current { get; init; }

    public string? Next { get; init; }
}

/// <summary>An API key to make.</summary>
internal sealed record ApiKeyRequest : TenantScopedRequest
{
    /// <summary>What people call it; 1–60 characters.</summary>
    public string? Label { get; init; }

    /// <summary>A role of a restaurant.</summary>
    public string? Role { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>An API key on the wire; the key itself is only in the answer to the request that made it.</summary>
internal sealed record ApiKeyBody(string KeyId, string Label, string Prefix, IReadOnlyList<string> Scopes, DateTimeOffset? CreatedAt)
{
    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>Shown once.</summary>
    public string? ApiKey { get; init; }

    public static ApiKeyBody From(StoredApiKey key, string? secret = null) => new(key.KeyId, key.Label, key.Prefix, key.Scopes, key.CreatedAt)
    {
        ExpiresAt = key.ExpiresAt,
        RevokedAt = key.RevokedAt,
        LastUsedAt = key.LastUsedAt,
        ApiKey = secret,
    };
}

/// <summary>A restaurant to open on the platform, with its first owner.</summary>
internal sealed record RestaurantRequest
{
    public string? RestaurantId { get; init; }

    public string? Name { get; init; }

    public string? Language { get; init; }

    public string? TimeZone { get; init; }

    public string? Greeting { get; init; }

    public UserRequest? Owner { get; init; }
}
