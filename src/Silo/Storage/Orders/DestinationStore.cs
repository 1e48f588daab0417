using Dapper;
using Microsoft.AspNetCore.DataProtection;
using VoiceOrdering.Silo.Outbox;
using VoiceOrdering.Silo.Storage.Relational;

namespace VoiceOrdering.Silo.Storage.Orders;

/// <inheritdoc cref="IDestinationStore"/>
/// <remarks>Signing secrets are kept protected by the key ring: whoever only reads the file cannot sign.</remarks>
internal sealed class DestinationStore(RelationalDatabase database, IDataProtectionProvider protection) : IDestinationStore
{
    private const char Between = '\n';
    private readonly IDataProtector _protector = protection.CreateProtector("VoiceOrdering.Destinations.Secrets.v1");

    public async Task<IReadOnlyList<Destination>> ListAsync(string restaurant, CancellationToken cancellationToken)
    {
        var rows = await database.ReadAsync(session => session.Connection.Query<Row>(OutboxSql.ListDestinations, new { Restaurant = restaurant }).AsList(), cancellationToken);
        return [.. rows.Select(ToDestination)];
    }

    public async Task<Destination?> FindAsync(string destinationId, CancellationToken cancellationToken)
    {
        var row = await database.ReadAsync(session => session.Connection.QueryFirstOrDefault<Row>(OutboxSql.FindDestination, new { Id = destinationId }), cancellationToken);
        return row is null ? null : ToDestination(row);
    }

    public Task<bool> AddAsync(Destination destination, int most, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var row = ToRow(destination);
        return database.WriteAsync(
            session =>
            {
                session.Alone(WorkArea.Destinations);
                return session.Connection.QueryFirst<long>(OutboxSql.CountDestinations, new { destination.Restaurant }) < most && session.Connection.Execute(OutboxSql.InsertDestination, row) == 1;
            },
            cancellationToken);
    }

    public Task<bool> ChangeAsync(Destination destination, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(destination);
        return UpdateAsync(OutboxSql.ChangeDestination, ToRow(destination with { Secrets = [] }), cancellationToken);
    }

    public Task<bool> RotateAsync(Destination destination, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(destination);
        return UpdateAsync(OutboxSql.RotateDestination, ToRow(destination), cancellationToken);
    }

    public Task<bool> RemoveAsync(string restaurant, string destinationId, CancellationToken cancellationToken) => database.WriteAsync(
        session =>
        {
            if (session.Connection.Execute(OutboxSql.RemoveDestination, new { Restaurant = restaurant, Id = destinationId }) == 0)
            {
                return false;
            }

            session.Connection.Execute(OutboxSql.BuryDeliveries, new { Id = destinationId });
            return true;
        },
        cancellationToken);

    private Task<bool> UpdateAsync(string sql, Row row, CancellationToken cancellationToken) =>
        database.WriteAsync(session => session.Connection.Execute(sql, row) == 1, cancellationToken);

    private Row ToRow(Destination destination) => new()
    {
        Id = destination.Id,
        Restaurant = destination.Restaurant,
        Kind = (long)destination.Kind,
        Address = destination.Address,
        Enabled = destination.IsEnabled ? 1 : 0,
        Secrets = destination.Secrets.Count == 0 ? "" : _protector.Protect(string.Join(Between, destination.Secrets)),
        PreviousUntil = destination.PreviousSecretUntil?.ToUnixTimeMilliseconds(),
        CreatedAt = destination.CreatedAt.ToUnixTimeMilliseconds(),
    };

    private Destination ToDestination(Row row) =>
        new(row.Id, row.Restaurant, (DestinationKind)row.Kind, row.Address, row.Enabled == 1, DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt))
        {
            Secrets = row.Secrets.Length == 0 ? [] : _protector.Unprotect(row.Secrets).Split(Between),
            PreviousSecretUntil = row.PreviousUntil is { } until ? DateTimeOffset.FromUnixTimeMilliseconds(until) : null,
        };

    private sealed class Row
    {
        public string Id { get; set; } = "";
        public string Restaurant { get; set; } = "";
        public long Kind { get; set; }
        public string Address { get; set; } = "";
        public long Enabled { get; set; }
        public string Secrets { get; set; } = "";
        public long? PreviousUntil { get; set; }
        public long CreatedAt { get; set; }
    }
}
