using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using VoiceOrdering.Api.Problems;
using VoiceOrdering.Silo.Hosting;
using VoiceOrdering.Silo.Observability.Metrics;

namespace VoiceOrdering.Api.Health;

/// <summary>What watches the process: alive, ready, metrics. Parts take part in readiness by a health check tagged <see cref="SiloHosting.ReadyTag"/>.</summary>
internal static class HealthApi
{
    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/healthz", () => Results.Ok(new HealthBody("alive", null))).AllowAnonymous()
            .WithTags("Operation").WithSummary("The process is alive").Produces<HealthBody>();
        app.MapHealthChecks("/readyz", new HealthCheckOptions
        {
            Predicate = check => check.Tags.Contains(SiloHosting.ReadyTag),
            ResponseWriter = WriteReadinessAsync,
            AllowCachingResponses = false,
        }).AllowAnonymous();
        app.MapGet("/metrics", (PrometheusText metrics) => Results.Text(metrics.Write(), PrometheusText.ContentType)).AllowAnonymous()
            .WithTags("Operation").WithSummary("Prometheus text").Produces<string>(200, "text/plain");
    }

    private static Task WriteReadinessAsync(HttpContext http, HealthReport report)
    {
        var stopping = http.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested;
        var ready = report.Status != HealthStatus.Unhealthy && !stopping;
        http.Response.StatusCode = ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        var parts = report.Entries.ToDictionary(part => part.Key, part => part.Value.Status == HealthStatus.Unhealthy ? "down" : part.Value.Status == HealthStatus.Degraded ? "degraded" : "ok");
        var codes = report.Entries.Where(part => part.Value.Data.ContainsKey(SiloHosting.CodeKey)).ToDictionary(part => part.Key, part => $"{part.Value.Data[SiloHosting.CodeKey]}");
        return http.Response.WriteAsJsonAsync(new HealthBody(stopping ? "stopping" : ready ? "ready" : "unready", parts) { Codes = codes.Count == 0 ? null : codes }, ApiJson.Options, http.RequestAborted);
    }
}

/// <summary>State of the process.</summary>
/// <param name="Status">alive, ready, unready or stopping.</param>
/// <param name="Parts">State of each part: ok, degraded or down.</param>
internal sealed record HealthBody(string Status, IReadOnlyDictionary<string, string>? Parts)
{
    /// <summary>Why a part is down, as far as there is a code for it.</summary>
    public IReadOnlyDictionary<string, string>? Codes { get; init; }
}
