using Microsoft.AspNetCore.Authorization;

namespace VoiceOrdering.Api.Identity;

/// <summary>How endpoints say who may call them.</summary>
internal static class EndpointAccess
{
    /// <summary>A valid token of a restaurant that carries the scope; otherwise 401 or 403.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder endpoint, string scope) where TBuilder : IEndpointConventionBuilder =>
        endpoint.RequireAuthorization(Restaurant().AddRequirements(new ScopeRequirement(scope)).Build());

    /// <summary>A valid token of a restaurant; what it may see is decided by ownership.</summary>
    public static TBuilder RequireRestaurant<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder =>
        endpoint.RequireAuthorization(Restaurant().Build());

    /// <summary>A valid token that carries the scope, of a restaurant or of none: for what concerns the platform as a whole.</summary>
    public static TBuilder RequirePlatformScope<TBuilder>(this TBuilder endpoint, string scope) where TBuilder : IEndpointConventionBuilder =>
        endpoint.RequireAuthorization(new AuthorizationPolicyBuilder(BearerScheme.Name).RequireAuthenticatedUser().AddRequirements(new ScopeRequirement(scope)).Build());

    /// <summary>A valid token, of a restaurant or of none.</summary>
    public static TBuilder RequireToken<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder =>
        endpoint.RequireAuthorization(new AuthorizationPolicyBuilder(BearerScheme.Name).RequireAuthenticatedUser().Build());

    /// <summary>A valid token of a restaurant that carries the scope, or of an operator that carries the other one: for what each restaurant does for itself and operators do for all.</summary>
    public static TBuilder RequireRealmScope<TBuilder>(this TBuilder endpoint, string scope, string operatorScope) where TBuilder : IEndpointConventionBuilder =>
        endpoint.RequireAuthorization(new AuthorizationPolicyBuilder(BearerScheme.Name).RequireAuthenticatedUser().AddRequirements(new RealmScopeRequirement(scope, operatorScope)).Build());

    private static AuthorizationPolicyBuilder Restaurant() =>
        new AuthorizationPolicyBuilder(BearerScheme.Name).RequireAuthenticatedUser().AddRequirements(new RestaurantRequirement());
}
