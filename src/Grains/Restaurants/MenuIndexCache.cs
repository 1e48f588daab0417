using System.Collections.Concurrent;
using VoiceOrdering.Grains.Restaurants.Matching;
using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Restaurants;

/// <summary>The newest index of each restaurant's menu in this process, shared by all its sessions and carts.</summary>
internal sealed class MenuIndexCache
{
    private readonly ConcurrentDictionary<string, MenuIndex> _newest = new(StringComparer.Ordinal);

    /// <summary>The index of this snapshot; built once per version and revision.</summary>
    public MenuIndex For(string restaurant, MenuSnapshot snapshot)
    {
        if (_newest.TryGetValue(restaurant, out var known) && known.Snapshot.Version == snapshot.Version && known.Snapshot.Revision == snapshot.Revision) return known;
        var built = MenuIndex.Build(snapshot);
        _newest[restaurant] = built;
        return built;
    }
}
