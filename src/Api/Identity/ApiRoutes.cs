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

    /// <summary>
    /// Version 1 of the API for what each restaurant does for itself and operators do for any restaurant (<c>?restaurantId=</c>) or the platform; endpoints say what they need
    /// with <see cref="EndpointAccess.RequireRealmScope"/> and find the realm with <see cref="RealmFilter.Realm"/>.
    /// </summary>
    public static RouteGroupBuilder MapRealmApi(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/api/v1").RequireToken().AddEndpointFilter<TenantFilter>().AddEndpointFilter<RealmFilter>();
}
