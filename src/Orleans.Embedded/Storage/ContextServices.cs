using Orleans.Runtime;
using OrleansEmbedded.Activation;

namespace OrleansEmbedded.Storage;

internal static class ContextServices
{
    /// <summary>Storage providers are singletons: no scope is made to find them.</summary>
    public static IServiceProvider ActivationServicesOrSilo(this IGrainContext context)
        => context is GrainActivation activation ? activation.Silo.Services : context.ActivationServices;
}
