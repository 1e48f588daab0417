using Orleans.Runtime;
using OrleansEmbedded.Invocation;

namespace OrleansEmbedded.Hosting;

/// <summary>A reference that only names its grain.</summary>
internal sealed class UntypedReference(ProxyBinding binding) : GrainProxy(binding);
