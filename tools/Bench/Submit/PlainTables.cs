using Microsoft.Data.Sqlite;
using Npgsql;
using VoiceOrdering.Silo.Storage.Sqlite;

namespace VoiceOrdering.Bench.Submit;

/// <summary>One table with a unique key, in the way the database's own documentation shows.</summary>
internal interface IPlainTable : IAsyncDisposable
{
    Task CreateAsync();

    /// <summary>Durable when it returns.</summary>
    Task InsertAsync(string key, string body, long at);
}

/// <summary>In a SQLite file with an fsync for every commit.</summary>
internal sealed class SqlitePlainTable(string file) : IPlainTable
{
    private readonly string _connections = new SqliteConnectionStringBuilder { DataSource = file, Pooling = true, DefaultTimeout = 30 }.ToString();

    public Task CreateAsync()
    {
        SqliteLibrary.Bind();
        using var connection = Open();
        Execute(connection, "PRAGMA journal_mode = WAL");
        Execute(connection, "CREATE TABLE orders (idempotency_key TEXT NOT NULL PRIMARY KEY, body TEXT NOT NULL, created_at INTEGER NOT NULL)");
        return Task.CompletedTask;
    }

    public Task InsertAsync(string key, string body, long at)
    {
        using var connection = Open();
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO orders (idempotency_key, body, created_at) VALUES ($key, $body, $at) ON CONFLICT (idempotency_key) DO NOTHING";
        insert.Parameters.AddWithValue("$key", key);
        insert.Parameters.AddWithValue("$body", body);
        insert.Parameters.AddWithValue("$at", at);
        insert.ExecuteNonQuery();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        return ValueTask.CompletedTask;
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connections);
        connection.Open();
        Execute(connection, "PRAGMA synchronous = FULL");
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

/// <summary>In a PostgreSQL database; Npgsql's pool, asynchronous, a connection for each of the callers.</summary>
internal sealed class PostgresPlainTable(string connection) : IPlainTable
{
    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(connection);

    public async Task CreateAsync()
    {
        await using var create = _source.CreateCommand("CREATE TABLE orders (idempotency_key TEXT NOT NULL PRIMARY KEY, body TEXT NOT NULL, created_at BIGINT NOT NULL)");
        await create.ExecuteNonQueryAsync();
    }

    public async Task InsertAsync(string key, string body, long at)
    {
        await using var insert = _source.CreateCommand("INSERT INTO orders (idempotency_key, body, created_at) VALUES ($1, $2, $3) ON CONFLICT (idempotency_key) DO NOTHING");
        insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = key });
        insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = body });
        insert.Parameters.Add(new NpgsqlParameter<long> { TypedValue = at });
        await insert.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
