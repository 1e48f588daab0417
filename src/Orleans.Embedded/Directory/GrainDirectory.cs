using System.Collections.Concurrent;
using Orleans.Runtime;
using OrleansEmbedded.Activation;

namespace OrleansEmbedded.Directory;

/// <summary>
/// Says which activation a grain has, over all silos of the process. Registering is the arbiter: of two silos that activate the same
/// grain at once, one gets the other's activation. A cluster over several processes replaces this class by one that asks the owner silo.
/// </summary>
internal sealed class GrainDirectory
{
    private readonly ConcurrentDictionary<GrainId, GrainActivation> _activations = new();

    /// <summary>All activations, those that are about to go included.</summary>
    public IEnumerable<GrainActivation> All => _activations.Select(pair => pair.Value);

    public GrainActivation? Find(GrainId id)
        => _activations.TryGetValue(id, out var activation) && !activation.IsClosed ? activation : null;

    public GrainActivation GetOrRegister(GrainId id, GrainActivation activation)
    {
        while (true)
        {
            var registered = _activations.GetOrAdd(id, activation);
            if (ReferenceEquals(registered, activation) || !registered.IsClosed)
            {
                return registered;
            }

            _activations.TryRemove(new KeyValuePair<GrainId, GrainActivation>(id, registered));
        }
    }

    public void Unregister(GrainActivation activation)
        => _activations.TryRemove(new KeyValuePair<GrainId, GrainActivation>(activation.GrainId, activation));
}
