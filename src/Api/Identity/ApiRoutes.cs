namespace VoiceOrdering.Api.Identity;

/// <summary>Where every part hangs its endpoints.</summary>
internal static class ApiRoutes
{
    /// <summary>
    /// Version 1 of the API for callers that belong to a restaurant: a token is required, the restaurant comes only from it, ids that cannot be ours are 404.
    /// An endpoint adds <see cref="EndpointAccess.RequireScope"/> when it needs more.
    /// </summary>
    public static RouteGroupBuilder MapRestaurantApi(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/api/v1").RequireRestaurant().AddEndpointFilter<TenantFilter>().AddEndpointFilter<PathIdFilter>();
}
