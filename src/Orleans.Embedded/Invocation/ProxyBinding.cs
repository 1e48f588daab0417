using Orleans.Runtime;
using OrleansEmbedded.Hosting;

namespace OrleansEmbedded.Invocation;

/// <summary>What a generated proxy is bound to. Opaque to generated code.</summary>
public sealed class ProxyBinding
{
    internal ProxyBinding(ClusterNode node, GrainId grainId, GrainInterfaceType interfaceType)
    {
        Node = node;
        GrainId = grainId;
        InterfaceType = interfaceType;
    }

    internal ClusterNode Node { get; }

    internal GrainId GrainId { get; }

    internal GrainInterfaceType InterfaceType { get; }
}
