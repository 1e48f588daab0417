using VoiceOrdering.Identity;
using VoiceOrdering.Silo.Audit;

namespace VoiceOrdering.Silo.Identity;

/// <summary>Users and API keys. Writes are durable when they return; failures of the database are <c>StorageException</c>s.</summary>
public interface IUserStore
{
    /// <summary>The user with this name, compared without regard to letter case, or null.</summary>
    Task<StoredUser?> FindByNameAsync(string username, CancellationToken cancellationToken);

    /// <summary>Adds the user, or replaces password hash, subject, restaurant and scopes of the one with this name.</summary>
    Task UpsertAsync(StoredUser user, CancellationToken cancellationToken);

    /// <summary>The API key with this hash, or null.</summary>
    Task<StoredApiKey?> FindByApiKeyHashAsync(string keyHash, CancellationToken cancellationToken);

    /// <summary>Adds an API key, or replaces label, subject, restaurant and scopes of the one with this hash.</summary>
    Task AddApiKeyAsync(StoredApiKey key, CancellationToken cancellationToken);

    /// <summary>The user with this subject, or null.</summary>
    Task<StoredUser?> FindBySubjectAsync(string subject, CancellationToken cancellationToken);

    /// <summary>Users of a restaurant by name; null lists the platform's.</summary>
    Task<IReadOnlyList<StoredUser>> ListAsync(RestaurantId? restaurant, CancellationToken cancellationToken);

    /// <summary>Adds a user and its audit row unless the name is taken or the restaurant has as many as it may.</summary>
    Task<UserWrite> AddAsync(StoredUser user, int most, AuditEntry audit, CancellationToken cancellationToken);

    /// <summary>
    /// Changes a user, makes everything issued to it void, ends its log-ins and adds the audit row, all or nothing; not when nobody who is enabled would be left in the kept
    /// role. What the change does not name stays as it is at that moment.
    /// </summary>
    Task<UserWrite> ChangeAsync(UserChange change, AuditEntry audit, CancellationToken cancellationToken);

    /// <summary>API keys of a restaurant, newest first; null lists the platform's.</summary>
    Task<IReadOnlyList<StoredApiKey>> ListApiKeysAsync(RestaurantId? restaurant, CancellationToken cancellationToken);

    /// <summary>Adds an API key and its audit row, unless the restaurant has <paramref name="most"/> good ones.</summary>
    Task<bool> AddApiKeyAsync(StoredApiKey key, int most, AuditEntry audit, CancellationToken cancellationToken);

    /// <summary>Revokes a key of a restaurant with everything issued to it and adds the audit row, all or nothing.</summary>
    /// <returns>False when the restaurant has no such key that is not revoked.</returns>
    Task<bool> RevokeApiKeyAsync(RestaurantId? restaurant, string keyId, AuditEntry audit, CancellationToken cancellationToken);

    /// <summary>Notes that a key was used, also in the audit.</summary>
    Task TouchApiKeyAsync(string keyHash, AuditEntry audit, CancellationToken cancellationToken);

    /// <summary>Adds a restaurant to the list of those that exist.</summary>
    /// <returns>False when it was there.</returns>
    Task<bool> AddRestaurantAsync(RestaurantId restaurant, CancellationToken cancellationToken);

    /// <summary>All restaurants by id.</summary>
    Task<IReadOnlyList<RestaurantId>> ListRestaurantsAsync(CancellationToken cancellationToken);
}

/// <summary>What to change of a user; what is null stays.</summary>
/// <param name="Restaurant">Whose user it must be; null for the platform's.</param>
/// <param name="Username">The user.</param>
/// <param name="KeepRole">The role in which somebody must be left.</param>
public sealed record UserChange(RestaurantId? Restaurant, string Username, string KeepRole)
{
    /// <summary>New role, with its scopes.</summary>
    public (string Name, IReadOnlyList<string> Scopes)? Role { get; init; }
    /// <summary>New hash of a password.</summary>
    public string? PasswordHash { get; init; }
    /// <summary>Disables or enables.</summary>
    public bool? IsDisabled { get; init; }
    /// <summary>The user must still have this hash and be enabled, as when it was asked for its password; otherwise it is unknown.</summary>
    public string? CheckedHash { get; init; }
}

/// <summary>What became of a change of a user.</summary>
public enum UserWrite
{
    /// <summary>Stored.</summary>
    Done,
    /// <summary>The name belongs to somebody.</summary>
    NameTaken,
    /// <summary>The restaurant has no user of this name.</summary>
    Unknown,
    /// <summary>Nobody would be left who may manage users.</summary>
    LastOne,
    /// <summary>The restaurant has as many users as it may.</summary>
    Full,
}
