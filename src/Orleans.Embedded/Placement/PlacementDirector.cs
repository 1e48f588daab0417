using Orleans.Runtime;
using OrleansEmbedded.Hosting;
using OrleansEmbedded.Membership;

namespace OrleansEmbedded.Placement;

/// <summary>Chooses the silo of a new activation.</summary>
internal static class PlacementDirector
{
    public static SiloNode? Choose(InProcessCluster cluster, SiloNode? local, GrainId id)
    {
        var silos = cluster.Silos;
        if (silos.Length <= 1)
        {
            return silos.Length == 1 ? silos[0] : null;
        }

        var known = local is { IsServing: true } ? local : silos[0];
        return known.Classes.Find(id.Type)?.Placement switch
        {
            PreferLocalPlacement or StatelessWorkerPlacement => known,
            ActivationCountBasedPlacement or ResourceOptimizedPlacement => silos.MinBy(silo => silo.Catalog.Count),
            HashBasedPlacement => Highest(silos, id.GetUniformHashCode()),
            _ => Highest(silos, unchecked(id.GetUniformHashCode() * 2654435761u)),
        };
    }

    /// <summary>The silo that looks after a grain's reminders.</summary>
    public static SiloNode? Owner(InProcessCluster cluster, GrainId id)
        => cluster.Silos is { Length: > 0 } silos ? Highest(silos, id.GetUniformHashCode()) : null;

    /// <summary>Rendezvous hashing: a silo that goes moves only its own grains.</summary>
    private static SiloNode Highest(System.Collections.Immutable.ImmutableArray<SiloNode> silos, uint hash)
    {
        var best = silos[0];
        var bestScore = 0u;
        foreach (var silo in silos)
        {
            var score = unchecked((hash ^ silo.PlacementHash) * 0x7feb352du);
            score ^= score >> 15;
            if (score >= bestScore)
            {
                (best, bestScore) = (silo, score);
            }
        }

        return best;
    }
}
