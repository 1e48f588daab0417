namespace VoiceOrdering.Bench.Engine;

/// <summary>One grain that is bad for the others: with a queue that never ends, or with a turn that does not.</summary>
internal sealed class BadNeighbour : IAsyncDisposable
{
    private const int Queued = 2_000;
    private const int Key = -1;

    private readonly IBenchGrain _grain;
    private readonly List<Task> _calls = [];
    private readonly ManualResetEventSlim _release = new();
    private volatile bool _stops;

    private BadNeighbour(EngineHost host) => _grain = host.Client.GetGrain<IBenchGrain>(Key);

    /// <summary>Always has some thousand calls queued, each of which computes for about 0.1 ms.</summary>
    public static BadNeighbour Greedy(EngineHost host)
    {
        var neighbour = new BadNeighbour(host);
        for (var call = 0; call < Queued; call++)
        {
            neighbour._calls.Add(neighbour.AskForeverAsync());
        }

        return neighbour;
    }

    /// <summary>Blocks its thread.</summary>
    public static async Task<BadNeighbour> StuckAsync(EngineHost host)
    {
        var neighbour = new BadNeighbour(host);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        neighbour._calls.Add(neighbour._grain.BlockAsync(new Blocker(begun, neighbour._release)));
        await begun.Task;
        return neighbour;
    }

    public async ValueTask DisposeAsync()
    {
        _stops = true;
        _release.Set();
        await Task.WhenAll(_calls);
        _release.Dispose();
    }

    private async Task AskForeverAsync()
    {
        while (!_stops)
        {
            await _grain.ComputeAsync();
        }
    }
}

/// <summary>What a stuck grain tells and waits for.</summary>
[Immutable]
internal sealed record Blocker(TaskCompletionSource Begun, ManualResetEventSlim Release);
