using Orleans;
using Orleans.Runtime;

namespace OrleansEmbedded.Hosting;

/// <summary>The stages of a silo: up in rising order, down in falling order, the observers of one stage together.</summary>
internal sealed class SiloLifecycle : ISiloLifecycleSubject
{
    private readonly Lock _gate = new();
    private readonly List<Entry> _entries = [];
    private int? _reached;

    public int HighestCompletedStage { get; private set; } = int.MinValue;

    public int LowestStoppedStage { get; private set; } = int.MaxValue;

    public IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        var entry = new Entry(this, stage, observer);
        lock (_gate)
        {
            _entries.Add(entry);
        }

        return entry;
    }

    public async Task OnStart(CancellationToken cancellationToken = default)
    {
        foreach (var stage in Stages().OrderBy(group => group.Key))
        {
            cancellationToken.ThrowIfCancellationRequested();
            _reached = stage.Key;
            await Task.WhenAll(stage.Select(entry => entry.Observer.OnStart(cancellationToken)));
            HighestCompletedStage = stage.Key;
        }
    }

    public async Task OnStop(CancellationToken cancellationToken = default)
    {
        var failures = new List<Exception>();
        foreach (var stage in Stages().Where(group => group.Key <= _reached).OrderByDescending(group => group.Key))
        {
            try
            {
                await Task.WhenAll(stage.Select(entry => entry.Observer.OnStop(cancellationToken)));
            }
            catch (Exception failure)
            {
                // What can stop is stopped; the failures are told at the end.
                failures.Add(failure);
            }

            LowestStoppedStage = stage.Key;
        }

        _reached = null;
        if (failures.Count > 0)
        {
            throw new AggregateException("The silo did not stop cleanly.", failures);
        }
    }

    private IGrouping<int, Entry>[] Stages()
    {
        lock (_gate)
        {
            return [.. _entries.GroupBy(entry => entry.Stage)];
        }
    }

    private sealed record Entry(SiloLifecycle Owner, int Stage, ILifecycleObserver Observer) : IDisposable
    {
        public void Dispose()
        {
            lock (Owner._gate)
            {
                Owner._entries.Remove(this);
            }
        }
    }
}
