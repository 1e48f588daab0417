using VoiceOrdering.Api.Problems;
using VoiceOrdering.Grains.Restaurants;
using VoiceOrdering.Identity;
using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Api.Identity;

/// <summary>Finds out whose users, keys or audit a request is about: the token's restaurant, or for operators the one they name, or the platform.</summary>
internal sealed class RealmFilter(IGrainFactory grains) : IEndpointFilter
{
    private const string Query = "restaurantId";
    private static readonly object Found = new();

    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var named = http.Request.Query[Query];
        if (!http.User.HasRestaurant() && named.Count > 0)
        {
            if (named.Count > 1 || named[0] is not { } id || !MenuValidation.IsSlug(id))
            {
                return new ApiProblem(400, "QUERY_INVALID", "restaurantId must name one restaurant.").With("path", Query);
            }

            var profile = await grains.GetGrain<IRestaurantGrain>(id).FindProfileAsync();
            if (!profile.IsOk)
            {
                return profile.Refusal.ToProblem();
            }

            http.Items[Found] = profile.Value.Id;
        }

        return await next(context);
    }

    /// <summary>The realm: a restaurant, or null for the platform.</summary>
    public static RestaurantId? Realm(HttpContext http) => http.User.FindRestaurant() is { } own ? new RestaurantId(own) : http.Items[Found] as RestaurantId?;
}
