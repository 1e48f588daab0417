using Orleans.Storage;
using VoiceOrdering.Silo.Tests.Child;

namespace VoiceOrdering.Silo.Tests.Storage;

public sealed class SqliteGrainStorageTests : GrainStorageConformance, IDisposable
{
    private readonly TemporaryDatabase file = new();

    protected override IGrainStorage Storage => StateWrites.Storage(file.Database);

    public void Dispose() => file.Dispose();

    [Fact]
    public async Task States_and_etags_outlive_the_process()
    {
        var written = await WriteAsync(await ReadAsync(), 7);
        file.Close();
        var read = await ReadAsync();
        (read.State.Count, read.ETag).ShouldBe((7, written.ETag));
        await WriteAsync(written, 8);
    }

    [Theory]
    [InlineData("not a number"), InlineData("-1"), InlineData("0"), InlineData("1.5"), InlineData("99999999999999999999")]
    public async Task A_foreign_etag_never_fits(string etag)
    {
        await WriteAsync(await ReadAsync(), 1);
        var foreign = await ReadAsync();
        foreign.ETag = etag;
        await Should.ThrowAsync<InconsistentStateException>(WriteAsync(foreign, 2));
    }
}
