using Microsoft.AspNetCore.Authorization;

namespace VoiceOrdering.Api.Identity;

/// <summary>The bearer must belong to a restaurant; there is no default one.</summary>
internal sealed class RestaurantRequirement : AuthorizationHandler<RestaurantRequirement>, IAuthorizationRequirement
{
    /// <inheritdoc/>
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, RestaurantRequirement requirement)
    {
        if (context.User.HasRestaurant())
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
