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
}
