using Dapper;
using VoiceOrdering.Silo.Storage;
using VoiceOrdering.Silo.Storage.Migrations;
using VoiceOrdering.Silo.Storage.Relational;
using VoiceOrdering.Silo.Storage.Sqlite;

namespace VoiceOrdering.Silo.Tests.Storage;

public sealed class MigrationTests : IDisposable
{
    private readonly TemporaryFile file = new();

    public void Dispose() => file.Dispose();

    [Fact]
    public async Task An_empty_file_gets_every_step_and_a_second_start_none()
    {
        var first = await VersionsAsync(file.Database);
        first.Select(v => v.Version).ShouldBe(MigrationList.All.Select(m => (long)m.Version));
        file.Close();
        (await VersionsAsync(file.Database)).ShouldBe(first);
    }

    [Fact]
    public void The_list_counts_up_from_one_without_a_gap() =>
        MigrationList.All.Select(m => m.Version).ShouldBe(Enumerable.Range(1, MigrationList.All.Count));

    [Fact]
    public async Task A_database_of_an_older_program_is_brought_up_with_its_data()
    {
        using (var old = SqliteDatabase.Open(file.Settings, TimeProvider.System, [.. MigrationList.All.Take(1)]))
        {
            await old.WriteAsync(session => session.Connection.Execute(
                "INSERT INTO grain_state (store, grain_id, state_name, etag, payload, changed_at) VALUES ('Default', 'g/1', 's', 7, x'01', 0)"), default).InTimeAsync();
        }
        (await VersionsAsync(file.Database)).Count.ShouldBe(MigrationList.All.Count);
        (await file.Database.ReadAsync(session => session.Connection.ExecuteScalar<int>("SELECT etag FROM grain_state"), default).InTimeAsync()).ShouldBe(7);
    }

    [Fact]
    public void A_database_of_a_newer_program_is_refused_with_a_sentence_and_left_alone()
    {
        Migration[] future = [.. MigrationList.All, new(MigrationList.All.Count + 1, "from the future", _ => "CREATE TABLE future (id INTEGER)")];
        SqliteDatabase.Open(file.Settings, TimeProvider.System, future).Dispose();

        var refused = Should.Throw<StorageException>(() => file.Database);
        refused.Code.ShouldBe(StorageErrorCodes.TooNew);
        refused.Message.ShouldContain($"schema version {future.Length}");
        SqliteDatabase.Open(file.Settings, TimeProvider.System, future).Dispose();
    }

    [Fact]
    public async Task A_step_that_fails_leaves_the_database_at_the_step_before()
    {
        Migration[] broken = [.. MigrationList.All, new(MigrationList.All.Count + 1, "broken", _ => "CREATE TABLE half (id INTEGER); CREATE TABLE orders (id INTEGER)")];
        Should.Throw<StorageException>(() => SqliteDatabase.Open(file.Settings, TimeProvider.System, broken)).Code.ShouldBe(StorageErrorCodes.Unavailable);

        (await VersionsAsync(file.Database)).Count.ShouldBe(MigrationList.All.Count);
        (await file.Database.ReadAsync(session => session.Connection.ExecuteScalar<int>("SELECT COUNT(*) FROM sqlite_master WHERE name = 'half'"), default).InTimeAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Several_programs_may_open_a_new_file_at_once()
    {
        var opened = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => SqliteDatabase.Open(file.Settings, TimeProvider.System)))).InTimeAsync();
        foreach (var database in opened)
        {
            (await VersionsAsync(database)).Count.ShouldBe(MigrationList.All.Count);
            database.Dispose();
        }
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_with_a_sentence()
    {
        File.WriteAllText(file.Settings.Path, new string('x', 8_192));
        var refused = Should.Throw<StorageException>(() => file.Database);
        refused.Code.ShouldBe(StorageErrorCodes.Unavailable);
        refused.Message.ShouldContain("it is not a SQLite database");
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_refused_with_a_sentence()
    {
        var blocked = file.Settings.Path + ".txt";
        File.WriteAllText(blocked, "");
        var refused = Should.Throw<StorageException>(() => SqliteDatabase.Open(new SqliteSettings { Path = Path.Combine(blocked, "silo.db") }, TimeProvider.System));
        refused.Message.ShouldContain("cannot be opened");
    }

    [Theory]
    [InlineData(0), InlineData(5_000)]
    public void A_setting_out_of_range_is_named(int groupLimit) =>
        Should.Throw<ArgumentException>(() => SqliteDatabase.Open(file.Settings with { GroupLimit = groupLimit }, TimeProvider.System)).Message.ShouldContain("GroupLimit");

    private static Task<List<(long Version, string Name, long At)>> VersionsAsync(RelationalDatabase database) => database.ReadAsync(
        session => session.Connection.Query<(long, string, long)>("SELECT version, name, applied_at FROM schema_version ORDER BY version").AsList(), default).InTimeAsync();
}
