using Dapper;
using Npgsql;
using VoiceOrdering.Silo.Storage;
using VoiceOrdering.Silo.Storage.Migrations;
using VoiceOrdering.Silo.Storage.Postgres;
using VoiceOrdering.Silo.Storage.Relational;
using VoiceOrdering.TestKit.Databases;

namespace VoiceOrdering.Silo.Tests.Storage;

/// <summary>What only a server can do to us: refuse, be somebody else's, close connections.</summary>
[NeedsPostgres]
public sealed class PostgresTests : IDisposable
{
    private readonly TemporaryPostgres _server = new();

    public void Dispose() => _server.Dispose();

    [DatabaseFact]
    public async Task An_empty_database_gets_every_step_and_a_second_start_none()
    {
        var first = await VersionsAsync(_server.Database);
        first.Select(v => v.Version).ShouldBe(MigrationList.All.Select(m => (long)m.Version));
        _server.Close();
        (await VersionsAsync(_server.Database)).ShouldBe(first);
    }

    [DatabaseFact]
    public async Task A_database_of_an_older_program_is_brought_up_with_its_data()
    {
        using (var old = PostgresDatabase.Open(_server.Settings, TimeProvider.System, [.. MigrationList.All.Take(1)]))
        {
            await old.WriteAsync(session => session.Connection.Execute(
                "INSERT INTO grain_state (store, grain_id, state_name, etag, payload, changed_at) VALUES ('Default', 'g/1', 's', 7, '\\x01', 0)"), default).InTimeAsync();
        }
        (await VersionsAsync(_server.Database)).Count.ShouldBe(MigrationList.All.Count);
        (await _server.Database.ReadAsync(session => session.Connection.ExecuteScalar<int>("SELECT etag FROM grain_state"), default).InTimeAsync()).ShouldBe(7);
    }

    [DatabaseFact]
    public void A_database_of_a_newer_program_is_refused_with_a_sentence()
    {
        Migration[] future = [.. MigrationList.All, new(MigrationList.All.Count + 1, "from the future", _ => "CREATE TABLE future (id INTEGER)")];
        PostgresDatabase.Open(_server.Settings, TimeProvider.System, future).Dispose();
        var refused = Should.Throw<StorageException>(() => _server.Database);
        (refused.Code, refused.Message.Contains($"schema version {future.Length}", StringComparison.Ordinal)).ShouldBe((StorageErrorCodes.TooNew, true));
    }

    [DatabaseFact]
    public async Task A_step_that_fails_leaves_the_database_at_the_step_before()
    {
        Migration[] broken = [.. MigrationList.All, new(MigrationList.All.Count + 1, "broken", _ => "CREATE TABLE half (id INTEGER); CREATE TABLE orders (id INTEGER)")];
        Should.Throw<StorageException>(() => PostgresDatabase.Open(_server.Settings, TimeProvider.System, broken)).Code.ShouldBe(StorageErrorCodes.Unavailable);
        (await VersionsAsync(_server.Database)).Count.ShouldBe(MigrationList.All.Count);
        (await _server.Database.ReadAsync(session => session.Connection.ExecuteScalar<string>("SELECT to_regclass('half')::text"), default).InTimeAsync()).ShouldBeNull();
    }

    [DatabaseFact]
    public async Task Several_programs_may_open_a_new_database_at_once()
    {
        var opened = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(_server.Open))).InTimeAsync();
        foreach (var database in opened)
        {
            (await VersionsAsync(database)).Count.ShouldBe(MigrationList.All.Count);
            database.Dispose();
        }
    }

    /// <summary>An index over text in the order of a language is wrong after the C library's next version, and no listing may depend on the machine.</summary>
    [DatabaseFact]
    public async Task Text_is_ordered_by_its_bytes_whatever_language_the_database_has()
    {
        var (language, text, others) = await _server.Database.ReadAsync(session => session.Connection.QuerySingle<(string, long, string?)>("""
            SELECT (SELECT daticulocale FROM pg_database WHERE datname = current_database()), COUNT(*), STRING_AGG(table_name || '.' || column_name, ', ') FILTER (WHERE collation_name IS DISTINCT FROM 'C')
            FROM information_schema.columns WHERE table_schema = 'public' AND data_type = 'text'
            """), default).InTimeAsync();
        language.ShouldBe("en-US");
        text.ShouldBeGreaterThan(40);
        others.ShouldBeNull();
    }

    [DatabaseFact]
    public void A_second_silo_is_refused_until_the_first_is_gone()
    {
        var alone = _server.Settings with { Use = DatabaseUse.Alone, HandOverSeconds = 0 };
        using (PostgresDatabase.Open(alone, TimeProvider.System))
        {
            var refused = Should.Throw<StorageException>(() => PostgresDatabase.Open(alone, TimeProvider.System));
            refused.Code.ShouldBe(StorageErrorCodes.InUse);
        }
        PostgresDatabase.Open(alone with { HandOverSeconds = 30 }, TimeProvider.System).Dispose();
    }

    [DatabaseFact]
    public async Task Connections_the_server_closed_while_idle_are_replaced_unnoticed()
    {
        var database = _server.Database;
        await database.WriteAsync(session => session.Connection.Execute("CREATE TABLE t (id INTEGER)"), default).InTimeAsync();
        (await CountAsync(database)).ShouldBe(0);
        await SharedPostgres.Cluster.ExecuteAsync($"SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '{new NpgsqlConnectionStringBuilder(_server.Settings.Connection).Database}'");

        (await CountAsync(database)).ShouldBe(0);
        await InsertAsync(database, 1).InTimeAsync();
        (await CountAsync(database)).ShouldBe(1);
    }

    [DatabaseFact]
    public async Task A_connection_lost_in_the_middle_of_a_group_leaves_nothing_of_it_and_the_next_group_is_stored()
    {
        var database = _server.Database;
        await database.WriteAsync(session => session.Connection.Execute("CREATE TABLE t (id INTEGER)"), default).InTimeAsync();
        using var barrier = new WriterBarrier(database);
        var before = InsertAsync(database, 1);
        var killer = database.WriteAsync(session => session.Connection.Execute("SELECT pg_terminate_backend(pg_backend_pid())"), default);
        var after = InsertAsync(database, 3);
        barrier.Open();

        foreach (var lost in new[] { before, killer, after })
        {
            (await Should.ThrowAsync<StorageException>(lost.InTimeAsync())).Code.ShouldBe(StorageErrorCodes.Unavailable);
        }
        await InsertAsync(database, 4).InTimeAsync();
        (await CountAsync(database)).ShouldBe(1);
    }

    [DatabaseFact]
    public async Task A_connection_lost_during_the_commit_is_said_to_be_unknown()
    {
        var database = _server.Database;
        await database.WriteAsync(session => session.Connection.Execute("""
            CREATE TABLE t (id INTEGER);
            CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END';
            CREATE CONSTRAINT TRIGGER late AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.id = 13) EXECUTE FUNCTION die()
            """), default).InTimeAsync();
        var unknown = await Should.ThrowAsync<StorageException>(InsertAsync(database, 13).InTimeAsync());
        (unknown.Code, unknown.IsRetriable).ShouldBe((StorageErrorCodes.OutcomeUnknown, true));
        await InsertAsync(database, 14).InTimeAsync();
    }

    [DatabaseFact]
    public async Task One_failing_unit_does_not_harm_the_others_of_its_group_and_a_group_is_one_transaction()
    {
        var database = _server.Database;
        await database.WriteAsync(session => session.Connection.Execute("CREATE TABLE t (id BIGINT PRIMARY KEY, tx BIGINT NOT NULL DEFAULT txid_current())"), default).InTimeAsync();
        using var barrier = new WriterBarrier(database);
        var units = Enumerable.Range(0, 40).Select(i => InsertAsync(database, i % 10 == 3 ? -i : i, i % 10 == 3)).ToArray();
        var twice = InsertAsync(database, 1);
        barrier.Open();

        for (var i = 0; i < units.Length; i++)
        {
            if (i % 10 == 3)
            {
                (await Should.ThrowAsync<InvalidOperationException>(units[i].InTimeAsync())).Message.ShouldBe("after it wrote");
            }
            else
            {
                (await units[i].InTimeAsync()).ShouldBe(1);
            }
        }
        var refused = await Should.ThrowAsync<StorageException>(twice.InTimeAsync());
        (refused.Code, refused.Message.Contains("duplicate", StringComparison.OrdinalIgnoreCase)).ShouldBe((StorageErrorCodes.Unavailable, false));
        (await database.ReadAsync(session => session.Connection.QuerySingle<(long, long)>("SELECT COUNT(*), COUNT(DISTINCT tx) FROM t"), default).InTimeAsync()).ShouldBe((36, 1));
    }

    [DatabaseFact]
    public async Task Readers_cannot_write()
    {
        await _server.Database.WriteAsync(session => session.Connection.Execute("CREATE TABLE t (id INTEGER)"), default).InTimeAsync();
        await Should.ThrowAsync<StorageException>(_server.Database.ReadAsync(session => session.Connection.Execute("INSERT INTO t (id) VALUES (1)"), default).InTimeAsync());
    }

    [DatabaseFact]
    public async Task A_commit_waits_for_the_disk_even_when_the_server_is_told_otherwise()
    {
        var name = new NpgsqlConnectionStringBuilder(_server.Settings.Connection).Database;
        await SharedPostgres.Cluster.ExecuteAsync($"ALTER DATABASE {name} SET synchronous_commit = off");
        (await _server.Database.WriteAsync(session => session.Connection.ExecuteScalar<string>("SHOW synchronous_commit"), default).InTimeAsync()).ShouldBe("on");
    }

    private static Task<int> InsertAsync(RelationalDatabase database, int id, bool fails = false) => database.WriteAsync(
        session => session.Connection.Execute("INSERT INTO t (id) VALUES (@id)", new { id }) is var rows && fails ? throw new InvalidOperationException("after it wrote") : rows, default);

    private static Task<long> CountAsync(RelationalDatabase database) =>
        database.ReadAsync(session => session.Connection.ExecuteScalar<long>("SELECT COUNT(*) FROM t"), default).InTimeAsync();

    private static Task<List<(long Version, string Name, long At)>> VersionsAsync(RelationalDatabase database) => database.ReadAsync(
        session => session.Connection.Query<(long, string, long)>("SELECT version, name, applied_at FROM schema_version ORDER BY version").AsList(), default).InTimeAsync();
}
