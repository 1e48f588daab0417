using VoiceOrdering.Silo.Storage.Relational;

namespace VoiceOrdering.Silo.Tests.Storage;

/// <summary>Holds the writer inside a unit of work, so that everything queued until <see cref="Open"/> forms one group.</summary>
internal sealed class WriterBarrier : IDisposable
{
    private readonly ManualResetEventSlim open = new();
    private readonly Task held;

    public WriterBarrier(RelationalDatabase database)
    {
        using var inside = new ManualResetEventSlim();
        held = database.WriteAsync(_ =>
        {
            inside.Set();
            return open.Wait(TimeSpan.FromSeconds(60));
        }, CancellationToken.None);
        inside.Wait(TimeSpan.FromSeconds(60)).ShouldBeTrue("the writer did not take the barrier");
    }

    public void Open() => open.Set();

    public void Dispose()
    {
        open.Set();
        held.Wait(TimeSpan.FromSeconds(60)).ShouldBeTrue("the writer did not leave the barrier");
        open.Dispose();
    }
}
