using System.Collections.Concurrent;
using Orleans.Runtime;
using OrleansEmbedded.GeneratedCode;

namespace OrleansEmbedded.Activation;

/// <summary>The grain classes of a silo by grain type, each read when it is first used.</summary>
internal sealed class GrainClasses(GrainManifest manifest, GrainClassSettings settings)
{
    private readonly ConcurrentDictionary<GrainType, GrainClass?> _classes = new();

    public IEnumerable<GrainClass> Used => _classes.Values.OfType<GrainClass>();

    public GrainClass? Find(GrainType grainType)
        => _classes.GetOrAdd(grainType, static (key, state) => state.manifest.FindClass(key) is { } type ? new GrainClass(type, state.settings) : null, (manifest, settings));
}
