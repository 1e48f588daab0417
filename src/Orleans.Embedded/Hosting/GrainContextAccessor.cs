using Orleans.Runtime;
using OrleansEmbedded.Activation;

namespace OrleansEmbedded.Hosting;

internal sealed class GrainContextAccessor : IGrainContextAccessor
{
    public IGrainContext? GrainContext => GrainActivation.Current;
}
