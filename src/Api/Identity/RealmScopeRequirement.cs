using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;

namespace VoiceOrdering.Api.Identity;

/// <summary>The bearer needs one scope in its own restaurant, or another one as an operator.</summary>
/// <param name="scope">For bearers of a restaurant.</param>
/// <param name="operatorScope">For bearers of none.</param>
internal sealed class RealmScopeRequirement(string scope, string operatorScope) : AuthorizationHandler<RealmScopeRequirement>, IAuthorizationRequirement
{
    /// <summary>Both, for the document.</summary>
    public IReadOnlyList<string> Scopes { get; } = [scope, operatorScope];

    /// <summary>The scope this bearer needs.</summary>
    public string ScopeFor(ClaimsPrincipal user) => user.HasRestaurant() ? scope : operatorScope;

    /// <inheritdoc/>
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, RealmScopeRequirement requirement)
    {
        if (context.User.HasScope(requirement.ScopeFor(context.User)))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
