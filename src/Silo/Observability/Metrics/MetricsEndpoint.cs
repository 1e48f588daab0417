using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace VoiceOrdering.Silo.Observability.Metrics;

/// <summary>The handler behind <c>GET /metrics</c>: <c>app.MapGet("/metrics", MetricsEndpoint.HandleAsync)</c>.</summary>
public static class MetricsEndpoint
{
    /// <summary>Answers with everything the process counts, never cached.</summary>
    public static Task HandleAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Response.ContentType = PrometheusText.ContentType;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(context.RequestServices.GetRequiredService<PrometheusText>().Write(), context.RequestAborted);
    }
}
