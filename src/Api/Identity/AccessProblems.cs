using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using VoiceOrdering.Api.Problems;

namespace VoiceOrdering.Api.Identity;

/// <summary>Tells a refused request why: 401 with what is wrong with the token (RFC 6750 section 3), 403 with the scope that is missing.</summary>
internal sealed class AccessProblems : IAuthorizationMiddlewareResultHandler
{
    /// <inheritdoc/>
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            return next(context);
        }

        return (authorizeResult.Challenged ? Unauthorized(context) : Forbidden(authorizeResult)).ExecuteAsync(context);
    }

    private static ApiProblem Unauthorized(HttpContext context)
    {
        if (!context.Request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return new(401, "TOKEN_MISSING", "This needs the header Authorization: Bearer with an access token.") { Challenge = "Bearer" };
        }

        var failure = context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Failure?.Message;
        var problem = failure == "Token expired"
            ? new ApiProblem(401, "TOKEN_EXPIRED", "The access token has expired; log in again.")
            : new ApiProblem(401, "TOKEN_INVALID", "The access token is not one of ours or was changed.");
        return problem with { Challenge = "Bearer error=\"invalid_token\"" };
    }

    private static ApiProblem Forbidden(PolicyAuthorizationResult result)
    {
        var missing = result.AuthorizationFailure?.FailedRequirements.OfType<ScopeRequirement>().FirstOrDefault();
        if (missing is null)
        {
            return new(403, "RESTAURANT_REQUIRED", "This token belongs to no restaurant, and there is no default one.");
        }

        var problem = new ApiProblem(403, "SCOPE_MISSING", $"The access token lacks the scope {missing.Scope}.").With("scope", missing.Scope);
        return problem with { Challenge = $"Bearer error=\"insufficient_scope\", scope=\"{missing.Scope}\"" };
    }
}
