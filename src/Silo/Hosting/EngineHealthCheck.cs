using Microsoft.Extensions.Diagnostics.HealthChecks;
using Orleans.Runtime;

namespace VoiceOrdering.Silo.Hosting;

/// <summary>Healthy when a grain call is answered.</summary>
internal sealed class EngineHealthCheck(IGrainFactory grains) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await grains.GetGrain<IProbeGrain>(0).AnswerAsync().WaitAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception failure) when (failure is OrleansException or TimeoutException or InvalidOperationException)
        {
            return HealthCheckResult.Unhealthy("The engine does not answer.", failure);
        }
    }
}
