using Microsoft.Extensions.Diagnostics.HealthChecks;
using Orleans.Runtime;

namespace VoiceOrdering.Silo.Hosting;

/// <summary>Healthy when a grain call is answered and names at least one active silo.</summary>
internal sealed class EngineHealthCheck(IGrainFactory grains) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var hosts = await grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true).WaitAsync(cancellationToken);
            return hosts.Count > 0 ? HealthCheckResult.Healthy($"{hosts.Count} active") : HealthCheckResult.Unhealthy("No silo is active.");
        }
        catch (Exception failure) when (failure is OrleansException or TimeoutException or InvalidOperationException or ObjectDisposedException)
        {
            return HealthCheckResult.Unhealthy("The engine does not answer.", failure);
        }
    }
}
