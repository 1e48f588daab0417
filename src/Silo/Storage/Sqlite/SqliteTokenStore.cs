using Dapper;
using VoiceOrdering.Silo.Identity;

namespace VoiceOrdering.Silo.Storage.Sqlite;

/// <inheritdoc cref="ITokenStore"/>
internal sealed class SqliteTokenStore(SqliteDatabase database) : ITokenStore
{
    private const string Insert = "INSERT INTO refresh_tokens (token_hash, family, subject, created_at, expires_at) VALUES (@TokenHash, @Family, @Subject, @At, @ExpiresAt)";

    private const string Revoke = """
        INSERT INTO revocations (revoked, revoked_at) VALUES (@Revoked, @At) ON CONFLICT (revoked) DO UPDATE SET revoked_at = excluded.revoked_at
        """;

    private long Now => database.Clock.GetUtcNow().ToUnixTimeMilliseconds();

    public Task AddAsync(StoredRefreshToken token, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        return database.WriteAsync(
            session => session.Connection.Execute(Insert, new { token.TokenHash, token.Family, token.Subject, At = Now, ExpiresAt = token.ExpiresAt.ToUnixTimeMilliseconds() }), cancellationToken);
    }

    public Task<RefreshResult> RotateAsync(string tokenHash, string successorHash, DateTimeOffset expiresAt, CancellationToken cancellationToken) => database.WriteAsync(
        session =>
        {
            var now = Now;
            var found = session.Connection.QueryFirstOrDefault<Row>(
                "SELECT family AS Family, subject AS Subject, expires_at AS ExpiresAt, used_at AS UsedAt FROM refresh_tokens WHERE token_hash = @Hash", new { Hash = tokenHash });
            if (found is null || found.ExpiresAt <= now || session.Connection.ExecuteScalar<long>("SELECT COUNT(*) FROM revocations WHERE revoked = @Family", new { Family = "fam:" + found.Family }) > 0)
            {
                return new RefreshResult(RefreshOutcome.Unknown, "", "");
            }

            if (found.UsedAt is not null)
            {
                session.Connection.Execute(Revoke, new { Revoked = "fam:" + found.Family, At = now });
                return new RefreshResult(RefreshOutcome.Reused, found.Family, found.Subject);
            }

            session.Connection.Execute("UPDATE refresh_tokens SET used_at = @At WHERE token_hash = @Hash", new { At = now, Hash = tokenHash });
            session.Connection.Execute(Insert, new { TokenHash = successorHash, found.Family, found.Subject, At = now, ExpiresAt = expiresAt.ToUnixTimeMilliseconds() });
            return new RefreshResult(RefreshOutcome.Rotated, found.Family, found.Subject);
        },
        cancellationToken);

    public Task RevokeAsync(string revoked, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                session.Connection.Execute(Revoke, new { Revoked = revoked, At = Now });
                // Of a subject all log-ins end, so that none of them can be refreshed.
                return revoked.StartsWith("sub:", StringComparison.Ordinal) ? session.Connection.Execute("DELETE FROM refresh_tokens WHERE subject = @Subject", new { Subject = revoked[4..] }) : 0;
            },
            cancellationToken);

    public Task<IReadOnlyList<Revocation>> ListRevokedAsync(DateTimeOffset since, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<Revocation>>(
        session => [.. session.Connection.Query<(string Revoked, long At)>("SELECT revoked, revoked_at FROM revocations WHERE revoked_at >= @Since", new { Since = since.ToUnixTimeMilliseconds() })
            .Select(row => new Revocation(row.Revoked, DateTimeOffset.FromUnixTimeMilliseconds(row.At)))],
        cancellationToken);

    public Task PurgeAsync(DateTimeOffset revokedBefore, CancellationToken cancellationToken) => database.WriteAsync(
        session =>
        {
            // A family's revocation must outlive its refresh tokens.
            var before = new { Before = revokedBefore.ToUnixTimeMilliseconds(), Now };
            session.Connection.Execute("DELETE FROM refresh_tokens WHERE expires_at <= @Now", before);
            return session.Connection.Execute(
                "DELETE FROM revocations WHERE revoked_at < @Before AND NOT EXISTS (SELECT 1 FROM refresh_tokens WHERE 'fam:' || family = revocations.revoked)", before);
        },
        cancellationToken);

    private sealed class Row
    {
        public string Family { get; set; } = "";
        public string Subject { get; set; } = "";
        public long ExpiresAt { get; set; }
        public long? UsedAt { get; set; }
    }
}
