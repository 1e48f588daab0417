using VoiceOrdering.Api.Problems;

namespace VoiceOrdering.Api.Identity;

/// <summary>Endpoints whose success is told to the audit before the answer is given.</summary>
internal static class AuditedEndpoint
{
    /// <summary>Adds a row when the endpoint succeeded.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="action">Dotted words.</param>
    /// <param name="target">Name of the route's parameter that holds the target; or the target itself, where there is no such parameter.</param>
    public static RouteHandlerBuilder Audited(this RouteHandlerBuilder endpoint, string action, string target) => endpoint.AddEndpointFilter(async (context, next) =>
    {
        var result = await next(context);
        if (StatusOf(result) < StatusCodes.Status300MultipleChoices)
        {
            var http = context.HttpContext;
            var id = http.Request.RouteValues.TryGetValue(target, out var value) ? value as string ?? target : target;
            await http.RequestServices.GetRequiredService<AuditTrail>().AddAsync(http, action, id);
        }

        return result;
    });

    private static int StatusOf(object? result) => result switch
    {
        ApiProblem problem => problem.Status,
        IStatusCodeHttpResult { StatusCode: { } status } => status,
        _ => StatusCodes.Status200OK,
    };
}
