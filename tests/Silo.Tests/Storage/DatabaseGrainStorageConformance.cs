using Orleans.Storage;
using VoiceOrdering.Silo.Tests.Child;

namespace VoiceOrdering.Silo.Tests.Storage;

/// <summary>What a grain storage in a database must do beside.</summary>
public abstract class DatabaseGrainStorageConformance(TestDatabase file) : GrainStorageConformance, IDisposable
{
    protected override IGrainStorage Storage => StateWrites.Storage(file.Database);

    public void Dispose()
    {
        file.Dispose();
        GC.SuppressFinalize(this);
    }

    [DatabaseFact]
    public async Task States_and_etags_outlive_the_process()
    {
        var written = await WriteAsync(await ReadAsync(), 7);
        file.Close();
        var read = await ReadAsync();
        (read.State.Count, read.ETag).ShouldBe((7, written.ETag));
        await WriteAsync(written, 8);
    }

    [DatabaseFact]
    public async Task A_foreign_etag_never_fits()
    {
        await WriteAsync(await ReadAsync(), 1);
        foreach (var etag in new[] { "not a number", "-1", "0", "1.5", "99999999999999999999" })
        {
            var foreign = await ReadAsync();
            foreign.ETag = etag;
            await Should.ThrowAsync<InconsistentStateException>(WriteAsync(foreign, 2), etag);
        }
    }
}

public sealed class SqliteGrainStorageTests() : DatabaseGrainStorageConformance(new TemporaryFile());

[NeedsPostgres]
public sealed class PostgresGrainStorageTests() : DatabaseGrainStorageConformance(new TemporaryPostgres());
