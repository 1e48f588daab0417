using Orleans.Runtime;

namespace OrleansEmbedded.Observers;

/// <summary>Ids of objects outside grains.</summary>
internal static class ObserverIds
{
    private static readonly GrainType Type = GrainType.Create("sys.client");

    public static GrainId New() => GrainId.Create(Type, OrleansEmbedded.Identity.UniqueIds.Next().ToString("N"));

    public static bool IsObserver(GrainId id) => id.Type == Type;
}
