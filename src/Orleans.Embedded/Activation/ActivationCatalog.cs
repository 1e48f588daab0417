using System.Collections.Concurrent;
using Orleans;
using Orleans.Runtime;
using OrleansEmbedded.Hosting;

namespace OrleansEmbedded.Activation;

/// <summary>The activations of one silo.</summary>
internal sealed class ActivationCatalog(SiloNode silo)
{
    private readonly ConcurrentDictionary<GrainId, StatelessWorkers> _workers = new();
    private int _count;

    public int Count => Volatile.Read(ref _count) + _workers.Values.Sum(workers => workers.Count);

    public IEnumerable<GrainActivation> All => silo.Cluster.Directory.All.Where(activation => ReferenceEquals(activation.Silo, silo)).Concat(_workers.SelectMany(pair => pair.Value.Snapshot()));

    /// <summary>Makes an activation if the directory lets this silo have it; otherwise gives the one that is registered.</summary>
    public GrainActivation GetOrCreate(GrainClass grainClass, GrainId id)
    {
        var activation = new GrainActivation(silo, grainClass, id);
        var registered = silo.Cluster.Directory.GetOrRegister(id, activation);
        if (!ReferenceEquals(registered, activation))
        {
            return registered;
        }

        Interlocked.Increment(ref _count);
        activation.Start();
        return activation;
    }

    public GrainActivation GetWorker(GrainClass grainClass, GrainId id)
        => _workers.GetOrAdd(id, static (key, state) => new StatelessWorkers(state.silo, state.grainClass, key), (silo, grainClass)).Choose();

    public void Remove(GrainActivation activation)
    {
        if (activation.Class.StatelessWorkers is not null)
        {
            if (_workers.TryGetValue(activation.GrainId, out var workers))
            {
                workers.Remove(activation);
            }

            return;
        }

        if (activation.TryRelease())
        {
            silo.Cluster.Directory.Unregister(activation);
            Interlocked.Decrement(ref _count);
        }
    }

    /// <summary>Deactivates what has been idle for an age; null takes each class's own.</summary>
    public int CollectIdle(TimeSpan? age)
    {
        var collected = 0;
        foreach (var activation in All)
        {
            var ageMs = age is { } given ? (long)given.TotalMilliseconds : activation.Class.CollectionAgeMs;
            if (ageMs != long.MaxValue && activation.CollectIfIdle(ageMs))
            {
                collected++;
            }
        }

        return collected;
    }

    /// <summary>Deactivates everything and waits until it is gone.</summary>
    public async Task DeactivateAllAsync(CancellationToken cancellationToken)
    {
        var reason = new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The silo stops.");
        var gone = new List<Task>();
        foreach (var activation in All)
        {
            gone.Add(activation.Deactivated);
            activation.Deactivate(reason, cancellationToken);
        }

        await Task.WhenAll(gone).WaitAsync(cancellationToken);
    }
}
