using Dapper;
using VoiceOrdering.Identity;
using VoiceOrdering.Silo.Identity;

namespace VoiceOrdering.Silo.Storage.Sqlite;

/// <inheritdoc cref="IUserStore"/>
internal sealed class SqliteUserStore(SqliteDatabase database) : IUserStore
{
    private const string FindUser = """
        SELECT username AS Name, password_hash AS Secret, subject AS Subject, restaurant_id AS RestaurantId, scopes AS Scopes
        FROM users WHERE name_key = @Key
        """;

    private const string UpsertUser = """
        INSERT INTO users (name_key, username, password_hash, subject, restaurant_id, scopes, changed_at)
        VALUES (@Key, @Name, @Secret, @Subject, @Restaurant, @Scopes, @At)
        ON CONFLICT (name_key) DO UPDATE SET username = excluded.username, password_hash = excluded.password_hash, subject = excluded.subject,
          restaurant_id = excluded.restaurant_id, scopes = excluded.scopes, changed_at = excluded.changed_at
        """;

    private const string FindKey = """
        SELECT label AS Name, key_hash AS Secret, subject AS Subject, restaurant_id AS RestaurantId, scopes AS Scopes
        FROM api_keys WHERE key_hash = @Key
        """;

    private const string UpsertKey = """
        INSERT INTO api_keys (key_hash, label, subject, restaurant_id, scopes, changed_at)
        VALUES (@Key, @Name, @Subject, @Restaurant, @Scopes, @At)
        ON CONFLICT (key_hash) DO UPDATE SET label = excluded.label, subject = excluded.subject,
          restaurant_id = excluded.restaurant_id, scopes = excluded.scopes, changed_at = excluded.changed_at
        """;

    public Task<StoredUser?> FindByNameAsync(string username, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(username);
        return database.ReadAsync(session => session.Connection.QueryFirstOrDefault<PrincipalRow>(FindUser, new { Key = NameKey(username) })?.ToUser(), cancellationToken);
    }

    public Task UpsertAsync(StoredUser user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        return database.WriteAsync(session => session.Connection.Execute(UpsertUser, new
        {
            Key = NameKey(user.Username),
            Name = user.Username,
            Secret = user.PasswordHash,
            user.Subject,
            Restaurant = user.Restaurant?.Value,
            Scopes = Join(user.Scopes),
            At = database.Clock.GetUtcNow().ToUnixTimeMilliseconds(),
        }), cancellationToken);
    }

    public Task<StoredApiKey?> FindByApiKeyHashAsync(string keyHash, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keyHash);
        return database.ReadAsync(session => session.Connection.QueryFirstOrDefault<PrincipalRow>(FindKey, new { Key = keyHash })?.ToApiKey(), cancellationToken);
    }

    public Task AddApiKeyAsync(StoredApiKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return database.WriteAsync(session => session.Connection.Execute(UpsertKey, new
        {
            Key = key.KeyHash,
            Name = key.Label,
            key.Subject,
            Restaurant = key.Restaurant?.Value,
            Scopes = Join(key.Scopes),
            At = database.Clock.GetUtcNow().ToUnixTimeMilliseconds(),
        }), cancellationToken);
    }

    private static string NameKey(string username) => username.Trim().ToLowerInvariant();

    private static string Join(IEnumerable<string> scopes) => string.Join(' ', scopes.Order(StringComparer.Ordinal));

    private sealed class PrincipalRow
    {
        public string Name { get; set; } = "";
        public string Secret { get; set; } = "";
        public string Subject { get; set; } = "";
        public string? RestaurantId { get; set; }
        public string Scopes { get; set; } = "";

        public StoredUser ToUser() => new(Name, Secret, Subject, Restaurant(), Split());

        public StoredApiKey ToApiKey() => new(Secret, Name, Subject, Restaurant(), Split());

        private RestaurantId? Restaurant() => RestaurantId is null ? null : new RestaurantId(RestaurantId);

        private string[] Split() => Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }
}
