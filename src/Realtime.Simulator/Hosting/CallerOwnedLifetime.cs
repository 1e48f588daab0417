namespace VoiceOrdering.Realtime.Simulator.Hosting;

/// <summary>
/// Leaves signals alone: a simulator inside another application must outlive Ctrl-C until that application has drained its calls.
/// </summary>
internal sealed class CallerOwnedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
