using VoiceOrdering.Identity;

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

    /// <summary>Adds a user unless the name is taken or the restaurant has as many as it may.</summary>
    Task<UserWrite> AddAsync(StoredUser user, int most, CancellationToken cancellationToken);

    /// <summary>Replaces a user of the same restaurant, unless nobody who is enabled would be left in <paramref name="keepRole"/>.</summary>
    Task<UserWrite> ReplaceAsync(StoredUser user, string keepRole, CancellationToken cancellationToken);

    /// <summary>API keys of a restaurant, newest first; null lists the platform's.</summary>
    Task<IReadOnlyList<StoredApiKey>> ListApiKeysAsync(RestaurantId? restaurant, CancellationToken cancellationToken);

    /// <summary>Revokes a key of a restaurant.</summary>
    /// <returns>The key as it was, or null when the restaurant has no such key that is valid.</returns>
    Task<StoredApiKey?> RevokeApiKeyAsync(RestaurantId? restaurant, string keyId, CancellationToken cancellationToken);

    /// <summary>Notes that a key was used.</summary>
    Task TouchApiKeyAsync(string keyHash, CancellationToken cancellationToken);

    /// <summary>Adds a restaurant to the list of those that exist.</summary>
    /// <returns>False when it was there.</returns>
    Task<bool> AddRestaurantAsync(RestaurantId restaurant, CancellationToken cancellationToken);

    /// <summary>All restaurants by id.</summary>
    Task<IReadOnlyList<RestaurantId>> ListRestaurantsAsync(CancellationToken cancellationToken);
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
