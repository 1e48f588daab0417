using Dapper;
using VoiceOrdering.Silo.Audit;
using VoiceOrdering.Silo.Storage.Relational;

namespace VoiceOrdering.Silo.Storage.Audit;

/// <inheritdoc cref="IAuditLog"/>
internal sealed class AuditLog(RelationalDatabase database) : IAuditLog
{
    private const string Insert = "INSERT INTO audit (at, restaurant_id, subject, action, target, detail) VALUES (@At, @Restaurant, @Subject, @Action, @Target, @Detail)";

    public Task AddAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var at = database.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        return database.WriteAsync(session => Add(session, entry, at), cancellationToken);
    }

    /// <summary>Adds a row in the transaction of what it tells.</summary>
    internal static int Add(SqlSession session, AuditEntry entry, long at) =>
        session.Bound(Insert, ("@At", at), ("@Restaurant", entry.Restaurant), ("@Subject", entry.Subject), ("@Action", entry.Action), ("@Target", entry.Target), ("@Detail", entry.Detail)).ExecuteNonQuery();

    public Task<IReadOnlyList<AuditRow>> ListAsync(AuditQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, 200);
        var sql = $"""
            SELECT audit_id AS AuditId, at AS At, restaurant_id AS Restaurant, subject AS Subject, action AS Action, target AS Target, detail AS Detail FROM audit
            WHERE 1 = 1 {(query.Restaurant is null ? "" : "AND restaurant_id = @Restaurant")} {(query.Target is null ? "" : "AND target = @Target")} {(query.Before is null ? "" : "AND audit_id < @Before")}
            ORDER BY audit_id DESC LIMIT @Limit
            """;
        return database.ReadAsync<IReadOnlyList<AuditRow>>(
            session => [.. session.Connection.Query<Row>(sql, query).Select(row => new AuditRow(row.AuditId, DateTimeOffset.FromUnixTimeMilliseconds(row.At), row.Restaurant, row.Subject, row.Action, row.Target, row.Detail))],
            cancellationToken);
    }

    private sealed class Row
    {
        public long AuditId { get; set; }
        public long At { get; set; }
        public string Restaurant { get; set; } = "";
        public string Subject { get; set; } = "";
        public string Action { get; set; } = "";
        public string Target { get; set; } = "";
        public string Detail { get; set; } = "";
    }
}
