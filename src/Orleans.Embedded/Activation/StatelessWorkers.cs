using Orleans.Runtime;
using OrleansEmbedded.Hosting;

namespace OrleansEmbedded.Activation;

/// <summary>The activations of one stateless worker id on one silo.</summary>
internal sealed class StatelessWorkers(SiloNode silo, GrainClass grainClass, GrainId id)
{
    private readonly Lock _gate = new();
    private readonly List<GrainActivation> _workers = [];

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _workers.Count;
            }
        }
    }

    public GrainActivation[] Snapshot()
    {
        lock (_gate)
        {
            return [.. _workers];
        }
    }

    /// <summary>A worker with nothing to do, else a new one, else the one with the shortest queue.</summary>
    public GrainActivation Choose()
    {
        GrainActivation? created = null;
        lock (_gate)
        {
            GrainActivation? shortest = null;
            foreach (var worker in _workers)
            {
                if (worker.IsClosed)
                {
                    continue;
                }

                if (worker.Load == 0)
                {
                    worker.Reserve();
                    return worker;
                }

                if (shortest is null || worker.Load < shortest.Load)
                {
                    shortest = worker;
                }
            }

            if (shortest is not null && _workers.Count(worker => !worker.IsClosed) >= grainClass.StatelessWorkers!.MaxLocalWorkers)
            {
                shortest.Reserve();
                return shortest;
            }

            created = new GrainActivation(silo, grainClass, id);
            created.Reserve();
            _workers.Add(created);
        }

        created.Start();
        return created;
    }

    public void Remove(GrainActivation activation)
    {
        lock (_gate)
        {
            _workers.Remove(activation);
        }
    }
}
