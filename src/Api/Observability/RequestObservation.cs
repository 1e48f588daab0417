using VoiceOrdering.Identity;
using VoiceOrdering.Silo.Observability;

namespace VoiceOrdering.Api.Observability;

/// <summary>Gives every request its id, puts it on every log line (also those of grains it calls) and writes one line when the request is done.</summary>
internal sealed class RequestObservation(RequestDelegate next, IIdSource ids, TimeProvider clock, ILogger<RequestObservation> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var requestId = RequestId.Assign(context, ids);
        context.Response.OnStarting(static state =>
        {
            var http = (HttpContext)state;
            http.Response.Headers[RequestId.Header] = RequestId.Of(http);
            return Task.CompletedTask;
        }, context);

        // Travels with every grain call and is put on every log line.
        Correlation.RequestId = requestId;
        var startedAt = clock.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            Write(context, clock.GetElapsedTime(startedAt));
        }
    }

    private void Write(HttpContext context, TimeSpan elapsed)
    {
        // The route pattern, not the path: paths hold ids, and what a stranger typed.
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(none)";
        var status = context.Response.StatusCode;
        var level = status >= 500 ? LogLevel.Error : IsProbe(route) ? LogLevel.Debug : LogLevel.Information;
        var sessionId = context.Request.RouteValues.TryGetValue("sessionId", out var id) ? id as string : null;
        Correlation.SessionId = sessionId;
        logger.Log(level, "HTTP {Method} {Route} answered {Status} in {ElapsedMs} ms", KnownMethod(context.Request.Method), route, status, Math.Round(elapsed.TotalMilliseconds, 1));
    }

    private static bool IsProbe(string route) => route is "/healthz" or "/readyz" or "/metrics";

    private static string KnownMethod(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsPost(method) || HttpMethods.IsPut(method) || HttpMethods.IsPatch(method)
        || HttpMethods.IsDelete(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) ? method : "(other)";
}
