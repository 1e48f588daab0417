using VoiceOrdering.Identity;

namespace VoiceOrdering.Silo.Identity;

/// <summary>A user who logs in with a name and a password.</summary>
/// <param name="Username">Unique, compared without regard to letter case; 1–128 characters.</param>
/// <param name="PasswordHash">As the API's password hasher wrote it; never the password.</param>
/// <param name="Subject">Stable id, kept over renames; the owner of what the user opens.</param>
/// <param name="Restaurant">The only restaurant the user reaches; null for platform operators.</param>
/// <param name="Scopes">Granted scopes, sorted.</param>
public sealed record StoredUser(string Username, string PasswordHash, string Subject, RestaurantId? Restaurant, IReadOnlyList<string> Scopes)
{
    /// <summary>Name of the role the scopes come from; empty for a user whose scopes were given one by one.</summary>
    public string Role { get; init; } = "";
    /// <summary>A disabled user cannot log in and its tokens are void.</summary>
    public bool IsDisabled { get; init; }
    /// <summary>UTC; null for users of an earlier release.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
}

/// <summary>An API key: a principal of its own, known only by the hash of its secret.</summary>
/// <param name="KeyHash">Hash of the secret in a fixed text form (such as lower-case hex of SHA-256); unique.</param>
/// <param name="Label">What staff call the key; shown in lists and the audit.</param>
/// <param name="Subject">Stable id of the key as a caller.</param>
/// <param name="Restaurant">The only restaurant the key reaches; null for platform keys.</param>
/// <param name="Scopes">Granted scopes, sorted.</param>
public sealed record StoredApiKey(string KeyHash, string Label, string Subject, RestaurantId? Restaurant, IReadOnlyList<string> Scopes)
{
    /// <summary>Stable id, which is no secret; empty for keys of an earlier release.</summary>
    public string KeyId { get; init; } = "";
    /// <summary>The key's first characters, by which people tell keys apart.</summary>
    public string Prefix { get; init; } = "";
    /// <summary>UTC; null for keys of an earlier release.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
    /// <summary>UTC; null for a key that does not expire.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
    /// <summary>UTC; null while it is valid.</summary>
    public DateTimeOffset? RevokedAt { get; init; }
    /// <summary>UTC of the last log-in with it.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }
}
