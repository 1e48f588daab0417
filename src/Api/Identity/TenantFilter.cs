using VoiceOrdering.Api.Problems;

namespace VoiceOrdering.Api.Identity;

/// <summary>The restaurant comes only from the token: a request that names another one, wherever it may be named, gets 403.</summary>
internal sealed class TenantFilter : IEndpointFilter
{
    private static readonly string[] QueryNames = ["restaurantId", "restaurant"];

    /// <inheritdoc/>
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!http.User.HasRestaurant())
        {
            return next(context);
        }

        var own = http.Caller().Restaurant.Value;
        return Named(context, http.Request).Any(name => name != own)
            ? ValueTask.FromResult<object?>(new ApiProblem(403, "TENANT_MISMATCH", "The request names another restaurant than the access token's."))
            : next(context);
    }

    private static IEnumerable<string?> Named(EndpointFilterInvocationContext context, HttpRequest request) =>
        QueryNames.SelectMany(name => request.Query[name])
            .Concat(request.Headers["X-Restaurant-Id"])
            .Concat(context.Arguments.OfType<TenantScopedRequest>().Where(body => body.RestaurantId is not null).Select(body => body.RestaurantId));
}
