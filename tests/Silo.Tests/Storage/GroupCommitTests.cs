using Dapper;
using Microsoft.Data.Sqlite;
using VoiceOrdering.Silo.Storage;
using VoiceOrdering.Silo.Storage.Relational;

namespace VoiceOrdering.Silo.Tests.Storage;

public sealed class GroupCommitTests : IDisposable
{
    private readonly TemporaryFile file = new();

    public void Dispose() => file.Dispose();

    [Fact]
    public async Task One_failing_unit_does_not_harm_the_others_of_its_group()
    {
        await CreateTableAsync(file.Database);
        using var barrier = new WriterBarrier(file.Database);
        var units = Enumerable.Range(0, 50).Select(i => file.Database.WriteAsync(session =>
        {
            session.Connection.Execute("INSERT INTO t (id) VALUES (@i)", new { i });
            return i % 10 == 3 ? throw new InvalidOperationException($"unit {i} fails after it wrote") : i;
        }, default)).ToArray();
        barrier.Open();

        for (var i = 0; i < units.Length; i++)
        {
            if (i % 10 == 3)
            {
                (await Should.ThrowAsync<InvalidOperationException>(units[i].InTimeAsync())).Message.ShouldBe($"unit {i} fails after it wrote");
            }
            else
            {
                (await units[i].InTimeAsync()).ShouldBe(i);
            }
        }
        (await IdsAsync(file.Database)).ShouldBe(Enumerable.Range(0, 50).Where(i => i % 10 != 3).Select(i => (long)i));
    }

    [Fact]
    public async Task Units_that_wait_together_are_committed_together_and_see_each_other()
    {
        await CreateTableAsync(file.Database);
        using var barrier = new WriterBarrier(file.Database);
        var before = CommitsOnDisk();
        var counts = Enumerable.Range(0, 20).Select(i => file.Database.WriteAsync(session =>
        {
            session.Connection.Execute("INSERT INTO t (id) VALUES (@i)", new { i });
            // Not visible to readers before the commit, visible to later units of the group.
            using var other = new SqliteConnection($"Data Source={file.Settings.Path};Pooling=False");
            return (Mine: session.Connection.ExecuteScalar<int>("SELECT COUNT(*) FROM t"), Others: other.ExecuteScalar<int>("SELECT COUNT(*) FROM t"));
        }, default)).ToArray();
        barrier.Open();

        var seen = await Task.WhenAll(counts).InTimeAsync();
        seen.Select(s => s.Mine).ShouldBe(Enumerable.Range(1, 20));
        seen.ShouldAllBe(s => s.Others == 0);
        (CommitsOnDisk() - before).ShouldBe(1, "one commit for all twenty; the barrier wrote nothing");
    }

    [Fact]
    public async Task A_full_queue_refuses_with_a_code_and_takes_work_again_afterwards()
    {
        using var small = new TemporaryFile(s => s with { WriteQueueLimit = 5 });
        await CreateTableAsync(small.Database);
        using var barrier = new WriterBarrier(small.Database);
        var accepted = Enumerable.Range(0, 5).Select(i => InsertAsync(small.Database, i)).ToArray();

        var refused = await Should.ThrowAsync<StorageException>(async () => await InsertAsync(small.Database, 99));
        refused.Code.ShouldBe(StorageErrorCodes.Overloaded);
        refused.IsRetriable.ShouldBeTrue();

        barrier.Open();
        await Task.WhenAll(accepted).InTimeAsync();
        await InsertAsync(small.Database, 6).InTimeAsync();
        (await IdsAsync(small.Database)).ShouldBe([0L, 1, 2, 3, 4, 6]);
    }

    [Fact]
    public async Task A_caller_who_gives_up_before_its_turn_leaves_nothing_behind()
    {
        await CreateTableAsync(file.Database);
        using var barrier = new WriterBarrier(file.Database);
        using var giveUp = new CancellationTokenSource();
        var cancelled = file.Database.WriteAsync(session => session.Connection.Execute("INSERT INTO t (id) VALUES (1)"), giveUp.Token);
        var kept = InsertAsync(file.Database, 2);
        await giveUp.CancelAsync();
        barrier.Open();

        await Should.ThrowAsync<OperationCanceledException>(cancelled.InTimeAsync());
        await kept.InTimeAsync();
        (await IdsAsync(file.Database)).ShouldBe([2L]);
    }

    [Fact]
    public async Task Closing_finishes_what_was_accepted_and_refuses_what_comes_later()
    {
        var database = file.Database;
        await CreateTableAsync(database);
        var accepted = Enumerable.Range(0, 200).Select(i => InsertAsync(database, i)).ToArray();
        file.Close();

        accepted.ShouldAllBe(task => task.IsCompleted);
        await Task.WhenAll(accepted).InTimeAsync();
        (await Should.ThrowAsync<StorageException>(async () => await InsertAsync(database, 999))).Code.ShouldBe(StorageErrorCodes.Closed);
        (await Should.ThrowAsync<StorageException>(database.ReadAsync(_ => 0, default))).Code.ShouldBe(StorageErrorCodes.Closed);
        (await IdsAsync(file.Database)).Count.ShouldBe(200);
    }

    [Fact]
    public async Task A_failing_statement_reaches_its_caller_as_a_storage_fault()
    {
        await CreateTableAsync(file.Database);
        await InsertAsync(file.Database, 1);
        var failure = await Should.ThrowAsync<StorageException>(InsertAsync(file.Database, 1).InTimeAsync());
        failure.Code.ShouldBe(StorageErrorCodes.Unavailable);
        failure.InnerException.ShouldBeOfType<SqliteException>();
        failure.Message.ShouldNotContain("UNIQUE");
    }

    [Fact]
    public async Task A_full_disk_fails_the_whole_group_and_the_writer_goes_on()
    {
        await CreateTableAsync(file.Database);
        await file.Database.WriteAsync(session => session.Connection.ExecuteScalar<long>("PRAGMA max_page_count = 60"), default).InTimeAsync();
        using var barrier = new WriterBarrier(file.Database);
        var small = InsertAsync(file.Database, 1);
        var huge = file.Database.WriteAsync(session => session.Connection.Execute("INSERT INTO t (id, filler) VALUES (2, zeroblob(4000000))"), default);
        barrier.Open();

        (await Should.ThrowAsync<StorageException>(huge.InTimeAsync())).Code.ShouldBe(StorageErrorCodes.Unavailable);
        // Whether the small one survives depends on how far SQLite rolled back; what it was told must be true.
        var told = await small.ContinueWith(task => task.IsCompletedSuccessfully, TaskScheduler.Default).InTimeAsync();
        (await IdsAsync(file.Database)).Contains(1L).ShouldBe(told);
        await InsertAsync(file.Database, 3).InTimeAsync();
        (await IdsAsync(file.Database)).ShouldContain(3L);
    }

    [Fact]
    public async Task The_file_is_opened_for_durability()
    {
        var (journal, synchronous, foreignKeys) = await file.Database.WriteAsync(session => (
            session.Connection.ExecuteScalar<string>("PRAGMA journal_mode"),
            session.Connection.ExecuteScalar<int>("PRAGMA synchronous"),
            session.Connection.ExecuteScalar<int>("PRAGMA foreign_keys")), default).InTimeAsync();
        journal.ShouldBe("wal");
        synchronous.ShouldBe(2, "FULL: an fsync for every commit");
        foreignKeys.ShouldBe(1);
    }

    [Fact]
    public async Task Readers_cannot_write_and_see_what_was_acknowledged()
    {
        await CreateTableAsync(file.Database);
        await Should.ThrowAsync<StorageException>(file.Database.ReadAsync(session => session.Connection.Execute("INSERT INTO t (id) VALUES (1)"), default).InTimeAsync());
        for (var i = 0; i < 100; i++)
        {
            await InsertAsync(file.Database, i).InTimeAsync();
            (await IdsAsync(file.Database)).Count.ShouldBe(i + 1);
        }
    }

    private static Task<int> CreateTableAsync(RelationalDatabase database) =>
        database.WriteAsync(session => session.Connection.Execute("CREATE TABLE t (id INTEGER PRIMARY KEY, filler BLOB)"), default).InTimeAsync();

    private static Task<int> InsertAsync(RelationalDatabase database, int id) =>
        database.WriteAsync(session => session.Connection.Execute("INSERT INTO t (id) VALUES (@id)", new { id }), default);

    private static Task<List<long>> IdsAsync(RelationalDatabase database) =>
        database.ReadAsync(session => session.Connection.Query<long>("SELECT id FROM t ORDER BY id").AsList(), default).InTimeAsync();

    /// <summary>Commits in the write-ahead log: frames whose header carries the size of the database (https://sqlite.org/fileformat2.html#walformat).</summary>
    private int CommitsOnDisk()
    {
        using var log = new FileStream(file.Settings.Path + "-wal", FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new BinaryReader(log);
        var header = reader.ReadBytes(32);
        var pageSize = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(8));
        var commits = 0;
        while (log.Position + 24 + pageSize <= log.Length)
        {
            var frame = reader.ReadBytes(24);
            commits += System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(frame.AsSpan(4)) == 0 ? 0 : 1;
            log.Position += pageSize;
        }
        return commits;
    }
}
