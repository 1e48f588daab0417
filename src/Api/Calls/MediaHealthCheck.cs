using Microsoft.Extensions.Diagnostics.HealthChecks;
using VoiceOrdering.Media.WebRtc;

namespace VoiceOrdering.Api.Calls;

/// <summary>Readiness: the media port is open and calls are taken.</summary>
internal sealed class MediaHealthCheck(WebRtcServer server, LiveCalls calls) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(server.LocalEndpoint is null || calls.IsDraining
            ? HealthCheckResult.Unhealthy("No calls are taken.")
            : HealthCheckResult.Healthy());
}
