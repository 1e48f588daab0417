using System.Globalization;
using System.Runtime.InteropServices;
using Orleans.Runtime;
using Orleans.Storage;
using VoiceOrdering.Silo.Storage.Relational;

namespace VoiceOrdering.Silo.Storage.Grains;

/// <summary>
/// Grain state in the database. The ETag is the row's version; a write or clear with another one than the stored is refused with
/// <see cref="InconsistentStateException"/> and changes nothing. A write is on the disk when its task ends.
/// </summary>
internal sealed class DatabaseGrainStorage(string name, RelationalDatabase database, IGrainStorageSerializer serializer) : IGrainStorage
{
    private const string Select = "SELECT etag, payload FROM grain_state WHERE store = @store AND grain_id = @grain AND state_name = @state";

    private const string Insert = """
        INSERT INTO grain_state (store, grain_id, state_name, etag, payload, changed_at) VALUES (@store, @grain, @state, 1, @payload, @at)
        ON CONFLICT DO NOTHING
        """;

    private const string Update = """
        UPDATE grain_state SET etag = etag + 1, payload = @payload, changed_at = @at
        WHERE store = @store AND grain_id = @grain AND state_name = @state AND etag = @etag
        """;

    private const string InsertStatement = """
        INSERT INTO grain_state (store, grain_id, state_name, etag, payload, changed_at) VALUES ($1, $2, $3, 1, $4, $5) ON CONFLICT DO NOTHING RETURNING etag
        """;

    private const string UpdateStatement = """
        UPDATE grain_state SET etag = etag + 1, payload = $4, changed_at = $5 WHERE store = $1 AND grain_id = $2 AND state_name = $3 AND etag = $6 RETURNING etag
        """;

    private string Name => name;

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        var id = grainId.ToString();
        var (etag, payload) = await database.ReadAsync(session => Read(session, id, stateName), cancellationToken);
        grainState.ETag = etag!;
        grainState.RecordExists = payload is not null;
        grainState.State = payload is null ? Activator.CreateInstance<T>() : serializer.Deserialize<T>(BinaryData.FromBytes(payload));
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        // Serialized here, on the grain's turn: the writer thread must not see a state that goes on changing.
        var payload = Bytes(serializer.Serialize(grainState.State));
        grainState.ETag = await StoreAsync(stateName, grainId.ToString(), grainState.ETag, payload, cancellationToken);
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(grainState.ETag))
        {
            grainState.ETag = await StoreAsync(stateName, grainId.ToString(), grainState.ETag, null, cancellationToken);
        }
        else
        {
            // Nothing was ever read or written by this holder: right only while the row is really absent.
            var id = grainId.ToString();
            var (stored, _) = await database.ReadAsync(session => Read(session, id, stateName), cancellationToken);
            if (stored is not null)
            {
                throw Lost(stored, grainState.ETag);
            }
        }
        grainState.RecordExists = false;
        grainState.State = Activator.CreateInstance<T>();
    }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ReadStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        WriteStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ClearStateAsync(stateName, grainId, grainState, CancellationToken.None);

    private Task<string> StoreAsync(string stateName, string grain, string? etag, byte[]? payload, CancellationToken cancellationToken)
    {
        var at = database.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        long? expected = null;
        if (!string.IsNullOrEmpty(etag))
        {
            // An ETag that is not one of ours can never match; it is refused as a lost race is.
            expected = long.TryParse(etag, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;
        }
        return database.WriteAsync(new StateWrite(this, new Row(grain, stateName, payload, at), expected), cancellationToken);
    }

    private string Store(SqlSession session, Row row, long? expected)
    {
        var command = expected is null
            ? session.Bound(Insert, ("@store", name), ("@grain", row.Grain), ("@state", row.State), ("@payload", row.Payload), ("@at", row.At))
            : session.Bound(Update, ("@store", name), ("@grain", row.Grain), ("@state", row.State), ("@payload", row.Payload), ("@at", row.At), ("@etag", expected));
        if (command.ExecuteNonQuery() == 1)
        {
            return ((expected ?? 0) + 1).ToString(CultureInfo.InvariantCulture);
        }
        var (stored, _) = Read(session, row.Grain, row.State);
        throw Lost(stored, expected?.ToString(CultureInfo.InvariantCulture));
    }

    private (string? ETag, byte[]? Payload) Read(SqlSession session, string grain, string stateName)
    {
        using var reader = session.Bound(Select, ("@store", name), ("@grain", grain), ("@state", stateName)).ExecuteReader();
        return reader.Read()
            ? (reader.GetInt64(0).ToString(CultureInfo.InvariantCulture), reader.IsDBNull(1) ? null : reader.GetFieldValue<byte[]>(1))
            : (null, null);
    }

    private static InconsistentStateException Lost(string? stored, string? current)
    {
        StorageMeter.LostRaces.Add(1);
        return new InconsistentStateException("The state was changed by somebody else in the meantime; nothing was stored.", stored ?? "none", current ?? "none");
    }

    private static byte[] Bytes(BinaryData data)
    {
        var memory = data.ToMemory();
        return MemoryMarshal.TryGetArray(memory, out var segment) && segment.Array is { } array && segment.Offset == 0 && segment.Count == array.Length ? array : memory.ToArray();
    }

    private sealed class StateWrite(DatabaseGrainStorage storage, Row row, long? expected) : IStatementWrite<string>
    {
        public Statement? Statement { get; } = expected is { } etag
            ? new Statement(UpdateStatement, StatementForm.Single, [storage.Name, row.Grain, row.State, row.Payload, row.At, etag])
            : new Statement(InsertStatement, StatementForm.Single, [storage.Name, row.Grain, row.State, row.Payload, row.At]);

        public string Take(IReadOnlyList<object> answer) => ((long)answer[0]).ToString(CultureInfo.InvariantCulture);

        public string Run(SqlSession session) => storage.Store(session, row, expected);
    }

    private sealed record Row(string Grain, string State, byte[]? Payload, long At);
}
