using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using OrleansEmbedded.Membership;

namespace OrleansEmbedded.Hosting;

/// <summary>A client of silos in the same process.</summary>
internal sealed class ClientNode(
    IServiceProvider services,
    InProcessCluster cluster,
    TimeProvider time,
    IOptions<ClientMessagingOptions> messaging,
    EngineInstruments instruments,
    ILoggerFactory loggers)
    : ClusterNode(services, cluster, time, messaging.Value, instruments, loggers.CreateLogger("Orleans.ClusterClient"), services.GetServices<IOutgoingGrainCallFilter>())
{
    // Silos read the clock for themselves; a client's calls are tracked by the silo that runs them.
    public override long NowMs => Cluster.Silos is [var first, ..] ? first.NowMs : base.NowMs;
}
