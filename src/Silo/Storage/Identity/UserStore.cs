using Dapper;
using VoiceOrdering.Identity;
using VoiceOrdering.Silo.Audit;
using VoiceOrdering.Silo.Identity;
using VoiceOrdering.Silo.Storage.Audit;
using VoiceOrdering.Silo.Storage.Relational;

namespace VoiceOrdering.Silo.Storage.Identity;

/// <inheritdoc cref="IUserStore"/>
internal sealed class UserStore(RelationalDatabase database) : IUserStore
{
    private const string UserColumns = """
        username AS Name, password_hash AS Secret, subject AS Subject, restaurant_id AS RestaurantId, scopes AS Scopes, role AS Role, disabled AS Disabled, created_at AS CreatedAt
        """;

    private const string UpsertUser = """
        INSERT INTO users (name_key, username, password_hash, subject, restaurant_id, scopes, role, disabled, created_at, changed_at)
        VALUES (@Key, @Name, @Secret, @Subject, @Restaurant, @Scopes, @Role, @Disabled, @CreatedAt, @At)
        ON CONFLICT (name_key) DO UPDATE SET username = excluded.username, password_hash = excluded.password_hash, subject = excluded.subject,
          restaurant_id = excluded.restaurant_id, scopes = excluded.scopes, role = excluded.role, disabled = excluded.disabled, changed_at = excluded.changed_at
        """;

    private const string KeyColumns = """
        label AS Name, key_hash AS Secret, subject AS Subject, restaurant_id AS RestaurantId, scopes AS Scopes, key_id AS KeyId, prefix AS Prefix,
        created_at AS CreatedAt, expires_at AS ExpiresAt, revoked_at AS RevokedAt, last_used_at AS LastUsedAt
        """;

    private const string UpsertKey = """
        INSERT INTO api_keys (key_hash, label, subject, restaurant_id, scopes, key_id, prefix, created_at, expires_at, changed_at)
        VALUES (@Key, @Name, @Subject, @Restaurant, @Scopes, @KeyId, @Prefix, @CreatedAt, @ExpiresAt, @At)
        ON CONFLICT (key_hash) DO UPDATE SET label = excluded.label, subject = excluded.subject,
          restaurant_id = excluded.restaurant_id, scopes = excluded.scopes, changed_at = excluded.changed_at
        """;

    private long Now => database.Clock.GetUtcNow().ToUnixTimeMilliseconds();

    public Task<StoredUser?> FindByNameAsync(string username, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(username);
        return FindUserAsync("name_key = @Key", NameKey(username), cancellationToken);
    }

    public Task<StoredUser?> FindBySubjectAsync(string subject, CancellationToken cancellationToken) => FindUserAsync("subject = @Key", subject, cancellationToken);

    public Task<IReadOnlyList<StoredUser>> ListAsync(RestaurantId? restaurant, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<StoredUser>>(
        session => [.. session.Connection.Query<PrincipalRow>($"SELECT {UserColumns} FROM users WHERE {Of(restaurant)} ORDER BY name_key", new { Restaurant = restaurant?.Value }).Select(row => row.ToUser())],
        cancellationToken);

    public Task UpsertAsync(StoredUser user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        var row = Parameters(user);
        return database.WriteAsync(session => session.Connection.Execute(UpsertUser, row), cancellationToken);
    }

    public Task<UserWrite> AddAsync(StoredUser user, int most, AuditEntry audit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        var row = Parameters(user);
        return database.WriteAsync(
            session =>
            {
                session.Alone(WorkArea.Identity);
                if (session.Connection.ExecuteScalar<long>("SELECT COUNT(*) FROM users WHERE name_key = @Key", row) > 0)
                {
                    return UserWrite.NameTaken;
                }

                if (session.Connection.ExecuteScalar<long>($"SELECT COUNT(*) FROM users WHERE {Of(user.Restaurant)}", row) >= most)
                {
                    return UserWrite.Full;
                }

                session.Connection.Execute(UpsertUser, row);
                AuditLog.Add(session, audit, row.At);
                return UserWrite.Done;
            },
            cancellationToken);
    }

    public Task<UserWrite> ChangeAsync(UserChange change, AuditEntry audit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        return database.WriteAsync(session => Change(session, change, audit, Now), cancellationToken);
    }

    public Task<StoredApiKey?> FindByApiKeyHashAsync(string keyHash, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keyHash);
        return database.ReadAsync(
            session => session.Connection.QueryFirstOrDefault<PrincipalRow>($"SELECT {KeyColumns} FROM api_keys WHERE key_hash = @Key", new { Key = keyHash })?.ToApiKey(), cancellationToken);
    }

    public Task AddApiKeyAsync(StoredApiKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return database.WriteAsync(session => session.Connection.Execute(UpsertKey, KeyValues(key)), cancellationToken);
    }

    public Task<bool> AddApiKeyAsync(StoredApiKey key, int most, AuditEntry audit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return database.WriteAsync(
            session =>
            {
                session.Alone(WorkArea.Identity);
                var good = session.Connection.ExecuteScalar<long>(
                    $"SELECT COUNT(*) FROM api_keys WHERE {Of(key.Restaurant)} AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > @At)", new { Restaurant = key.Restaurant?.Value, At = Now });
                if (good >= most)
                {
                    return false;
                }

                session.Connection.Execute(UpsertKey, KeyValues(key));
                return AuditLog.Add(session, audit, Now) == 1;
            },
            cancellationToken);
    }

    public Task<IReadOnlyList<StoredApiKey>> ListApiKeysAsync(RestaurantId? restaurant, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<StoredApiKey>>(
        session => [.. session.Connection.Query<PrincipalRow>($"SELECT {KeyColumns} FROM api_keys WHERE {Of(restaurant)} ORDER BY created_at DESC, key_id", new { Restaurant = restaurant?.Value })
            .Select(row => row.ToApiKey())],
        cancellationToken);

    public Task<bool> RevokeApiKeyAsync(RestaurantId? restaurant, string keyId, AuditEntry audit, CancellationToken cancellationToken) => database.WriteAsync(
        session =>
        {
            session.Alone(WorkArea.Identity);
            var values = new { Restaurant = restaurant?.Value, Id = keyId, At = Now };
            var subject = session.Connection.QueryFirstOrDefault<string>($"SELECT subject FROM api_keys WHERE key_id = @Id AND revoked_at IS NULL AND {Of(restaurant)}", values);
            if (subject is null)
            {
                return false;
            }

            session.Connection.Execute($"UPDATE api_keys SET revoked_at = @At WHERE key_id = @Id AND {Of(restaurant)}", values);
            TokenStore.EndSubject(session, subject, values.At);
            return AuditLog.Add(session, audit, values.At) == 1;
        },
        cancellationToken);

    public Task TouchApiKeyAsync(string keyHash, AuditEntry audit, CancellationToken cancellationToken) => database.WriteAsync(
        session =>
        {
            var at = Now;
            session.Connection.Execute("UPDATE api_keys SET last_used_at = @At WHERE key_hash = @Key", new { At = at, Key = keyHash });
            return AuditLog.Add(session, audit, at);
        },
        cancellationToken);

    public Task<bool> AddRestaurantAsync(RestaurantId restaurant, CancellationToken cancellationToken) => database.WriteAsync(
        session => session.Connection.Execute("INSERT INTO restaurants (restaurant_id, created_at) VALUES (@Id, @At) ON CONFLICT (restaurant_id) DO NOTHING", new { Id = restaurant.Value, At = Now }) == 1,
        cancellationToken);

    public Task<IReadOnlyList<RestaurantId>> ListRestaurantsAsync(CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<RestaurantId>>(
        session => [.. session.Connection.Query<string>("SELECT restaurant_id FROM restaurants ORDER BY restaurant_id").Select(id => new RestaurantId(id))], cancellationToken);

    private static UserWrite Change(SqlSession session, UserChange change, AuditEntry audit, long at)
    {
        session.Alone(WorkArea.Identity);
        var values = new { Restaurant = change.Restaurant?.Value, Key = NameKey(change.Username), change.KeepRole };
        var user = session.Connection.QueryFirstOrDefault<PrincipalRow>($"SELECT {UserColumns} FROM users WHERE name_key = @Key AND {Of(change.Restaurant)}", values)?.ToUser();
        if (user is null || (change.CheckedHash is not null && (user.PasswordHash != change.CheckedHash || user.IsDisabled)))
        {
            return UserWrite.Unknown;
        }

        var changed = user with
        {
            Role = change.Role?.Name ?? user.Role,
            Scopes = change.Role?.Scopes ?? user.Scopes,
            PasswordHash = change.PasswordHash ?? user.PasswordHash,
            IsDisabled = change.IsDisabled ?? user.IsDisabled,
        };
        var isLost = user.Role == change.KeepRole && !user.IsDisabled && (changed.Role != change.KeepRole || changed.IsDisabled);
        if (isLost && session.Connection.ExecuteScalar<long>($"SELECT COUNT(*) FROM users WHERE {Of(change.Restaurant)} AND role = @KeepRole AND disabled = 0 AND name_key <> @Key", values) == 0)
        {
            return UserWrite.LastOne;
        }

        session.Connection.Execute(UpsertUser, Parameters(changed, at));
        TokenStore.EndSubject(session, user.Subject, at);
        AuditLog.Add(session, audit, at);
        return UserWrite.Done;
    }

    private object KeyValues(StoredApiKey key) => new
    {
        Key = key.KeyHash,
        Name = key.Label,
        key.Subject,
        Restaurant = key.Restaurant?.Value,
        Scopes = Join(key.Scopes),
        key.KeyId,
        key.Prefix,
        CreatedAt = key.CreatedAt?.ToUnixTimeMilliseconds(),
        ExpiresAt = key.ExpiresAt?.ToUnixTimeMilliseconds(),
        At = Now,
    };

    private Task<StoredUser?> FindUserAsync(string condition, string key, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.Connection.QueryFirstOrDefault<PrincipalRow>($"SELECT {UserColumns} FROM users WHERE {condition}", new { Key = key })?.ToUser(), cancellationToken);

    private UserParameters Parameters(StoredUser user) => Parameters(user, Now);

    private static UserParameters Parameters(StoredUser user, long at) => new(
        NameKey(user.Username), user.Username, user.PasswordHash, user.Subject, user.Restaurant?.Value, Join(user.Scopes), user.Role, user.IsDisabled ? 1 : 0,
        user.CreatedAt?.ToUnixTimeMilliseconds(), at);

    private static string Of(RestaurantId? restaurant) => restaurant is null ? "restaurant_id IS NULL" : "restaurant_id = @Restaurant";

    private static string NameKey(string username) => username.Trim().ToLowerInvariant();

    private static string Join(IEnumerable<string> scopes) => string.Join(' ', scopes.Order(StringComparer.Ordinal));

    private sealed record UserParameters(string Key, string Name, string Secret, string Subject, string? Restaurant, string Scopes, string Role, long Disabled, long? CreatedAt, long At);

    private sealed class PrincipalRow
    {
        public string Name { get; set; } = "";
        public string Secret { get; set; } = "";
        public string Subject { get; set; } = "";
        public string? RestaurantId { get; set; }
        public string Scopes { get; set; } = "";
        public string Role { get; set; } = "";
        public long Disabled { get; set; }
        public string KeyId { get; set; } = "";
        public string Prefix { get; set; } = "";
        public long? CreatedAt { get; set; }
        public long? ExpiresAt { get; set; }
        public long? RevokedAt { get; set; }
        public long? LastUsedAt { get; set; }

        public StoredUser ToUser() => new(Name, Secret, Subject, Restaurant(), Split()) { Role = Role, IsDisabled = Disabled != 0, CreatedAt = Instant(CreatedAt) };

        public StoredApiKey ToApiKey() => new(Secret, Name, Subject, Restaurant(), Split())
        {
            KeyId = KeyId,
            Prefix = Prefix,
            CreatedAt = Instant(CreatedAt),
            ExpiresAt = Instant(ExpiresAt),
            RevokedAt = Instant(RevokedAt),
            LastUsedAt = Instant(LastUsedAt),
        };

        private RestaurantId? Restaurant() => RestaurantId is null ? null : new RestaurantId(RestaurantId);

        private string[] Split() => Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        private static DateTimeOffset? Instant(long? ms) => ms is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;
    }
}
