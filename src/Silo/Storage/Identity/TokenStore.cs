using Dapper;
using VoiceOrdering.Silo.Audit;
using VoiceOrdering.Silo.Identity;
using VoiceOrdering.Silo.Storage.Audit;
using VoiceOrdering.Silo.Storage.Relational;

namespace VoiceOrdering.Silo.Storage.Identity;

/// <inheritdoc cref="ITokenStore"/>
internal sealed class TokenStore(RelationalDatabase database) : ITokenStore
{
    private const string Insert = """
        INSERT INTO refresh_tokens (token_hash, family, subject, created_at, began_at, expires_at) VALUES (@TokenHash, @Family, @Subject, @At, @BeganAt, @ExpiresAt)
        """;

    private const string Revoke = """
        INSERT INTO revocations (revoked, revoked_at) VALUES (@Revoked, @At) ON CONFLICT (revoked) DO UPDATE SET revoked_at = excluded.revoked_at
        """;

    private const string Find = """
        SELECT t.family AS Family, t.subject AS Subject, t.expires_at AS ExpiresAt, t.used_at AS UsedAt, t.began_at AS BeganAt, COALESCE(u.restaurant_id, '') AS Restaurant
        FROM refresh_tokens t LEFT JOIN users u ON u.subject = t.subject WHERE t.token_hash = @Hash
        """;

    private const string ForgetOldest = """
        DELETE FROM refresh_tokens WHERE subject = @Subject AND family NOT IN (
          SELECT family FROM refresh_tokens WHERE subject = @Subject AND used_at IS NULL ORDER BY began_at DESC, family DESC LIMIT @Most)
        """;

    private const string IsRevokedSince = "SELECT COUNT(*) FROM revocations WHERE revoked = @Revoked AND revoked_at >= @Since";

    private long Now => database.Clock.GetUtcNow().ToUnixTimeMilliseconds();

    public Task<bool> AddAsync(StoredRefreshToken token, int most, AuditEntry audit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        return database.WriteAsync(
            session =>
            {
                session.Alone(WorkArea.Identity);
                var at = Now;
                if (session.Connection.ExecuteScalar<long>(IsRevokedSince, new { Revoked = OfSubject(token.Subject), Since = token.AsOf.ToUnixTimeMilliseconds() }) > 0)
                {
                    return false;
                }

                session.Connection.Execute(Insert, new { token.TokenHash, token.Family, token.Subject, At = at, BeganAt = at, ExpiresAt = token.ExpiresAt.ToUnixTimeMilliseconds() });
                session.Connection.Execute(ForgetOldest, new { token.Subject, Most = most });
                return AuditLog.Add(session, audit, at) == 1;
            },
            cancellationToken);
    }

    public Task<RefreshResult> RotateAsync(RefreshSwap swap, string from, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(swap);
        return database.WriteAsync(session => Rotate(session, swap, from, Now), cancellationToken);
    }

    public Task RevokeFamilyAsync(string family, AuditEntry audit, CancellationToken cancellationToken) => database.WriteAsync(
        session =>
        {
            var at = Now;
            EndFamily(session, family, at);
            return AuditLog.Add(session, audit, at);
        },
        cancellationToken);

    public Task<IReadOnlyList<Revocation>> ListRevokedAsync(DateTimeOffset since, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<Revocation>>(
        session => [.. session.Connection.Query<(string Revoked, long At)>("SELECT revoked, revoked_at FROM revocations WHERE revoked_at >= @Since", new { Since = since.ToUnixTimeMilliseconds() })
            .Select(row => new Revocation(row.Revoked, DateTimeOffset.FromUnixTimeMilliseconds(row.At)))],
        cancellationToken);

    public Task PurgeAsync(DateTimeOffset revokedBefore, CancellationToken cancellationToken) => database.WriteAsync(
        session =>
        {
            session.Connection.Execute("DELETE FROM refresh_tokens WHERE expires_at <= @Now", new { Now });
            return session.Connection.Execute("DELETE FROM revocations WHERE revoked_at < @Before", new { Before = revokedBefore.ToUnixTimeMilliseconds() });
        },
        cancellationToken);

    /// <summary>Makes everything issued to a subject void and ends its log-ins, in the transaction of whatever is the reason.</summary>
    internal static void EndSubject(SqlSession session, string subject, long at)
    {
        session.Connection.Execute(Revoke, new { Revoked = OfSubject(subject), At = at });
        session.Connection.Execute("DELETE FROM refresh_tokens WHERE subject = @Subject", new { Subject = subject });
    }

    private static RefreshResult Rotate(SqlSession session, RefreshSwap swap, string from, long at)
    {
        session.Alone(WorkArea.Identity);
        var found = session.Connection.QueryFirstOrDefault<Row>(Find, new { Hash = swap.TokenHash });
        if (found is null || found.ExpiresAt <= at || found.BeganAt <= swap.BeganAfter.ToUnixTimeMilliseconds())
        {
            return new RefreshResult(RefreshOutcome.Unknown, "", "");
        }

        if (found.UsedAt is not null)
        {
            EndFamily(session, found.Family, at);
            AuditLog.Add(session, new AuditEntry(found.Restaurant, found.Subject, "login.reused", found.Subject, $"a refresh token came twice; from {from}"), at);
            return new RefreshResult(RefreshOutcome.Reused, found.Family, found.Subject);
        }

        session.Connection.Execute("UPDATE refresh_tokens SET used_at = @At WHERE token_hash = @Hash", new { At = at, Hash = swap.TokenHash });
        session.Connection.Execute(Insert, new { TokenHash = swap.SuccessorHash, found.Family, found.Subject, At = at, found.BeganAt, ExpiresAt = swap.ExpiresAt.ToUnixTimeMilliseconds() });
        AuditLog.Add(session, new AuditEntry(found.Restaurant, found.Subject, "login.continued", found.Subject, $"from {from}"), at);
        return new RefreshResult(RefreshOutcome.Rotated, found.Family, found.Subject);
    }

    // Without its refresh tokens a log-in cannot go on; the revocation only has to outlive the access tokens.
    private static void EndFamily(SqlSession session, string family, long at)
    {
        session.Connection.Execute(Revoke, new { Revoked = $"fam:{family}", At = at });
        session.Connection.Execute("DELETE FROM refresh_tokens WHERE family = @Family", new { Family = family });
    }

    private static string OfSubject(string subject) => $"sub:{subject}";

    private sealed class Row
    {
        public string Family { get; set; } = "";
        public string Subject { get; set; } = "";
        public string Restaurant { get; set; } = "";
        public long ExpiresAt { get; set; }
        public long BeganAt { get; set; }
        public long? UsedAt { get; set; }
    }
}
