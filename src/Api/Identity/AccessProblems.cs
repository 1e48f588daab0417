using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using VoiceOrdering.Api.Problems;

namespace VoiceOrdering.Api.Identity;

/// <summary>Tells a refused request why: 401 with what is wrong with the token (RFC 6750 section 3), 403 with the scope that is missing.</summary>
internal sealed class AccessProblems : IAuthorizationMiddlewareResultHandler
{
    /// <inheritdoc/>
    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            await next(context);
            return;
        }

        var problem = authorizeResult.Challenged ? await UnauthorizedAsync(context) : Forbidden(authorizeResult, context);
        await problem.ExecuteAsync(context);
    }

    private static async Task<ApiProblem> UnauthorizedAsync(HttpContext context)
    {
        if (!context.Request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return new(401, "TOKEN_MISSING", "This needs the header Authorization: Bearer with an access token.") { Challenge = "Bearer" };
        }

        // The handler remembers its result for the request; its text is all that tells an expired token from a false one.
        var result = await context.AuthenticateAsync(BearerScheme.Name);
        var problem = result.Failure?.Message == "Token expired"
            ? new ApiProblem(401, "TOKEN_EXPIRED", "The access token has expired; log in again.")
            : new ApiProblem(401, "TOKEN_INVALID", "The access token is not one of ours or was changed.");
        return problem with { Challenge = "Bearer error=\"invalid_token\"" };
    }

    private static ApiProblem Forbidden(PolicyAuthorizationResult result, HttpContext context)
    {
        var failed = result.AuthorizationFailure?.FailedRequirements ?? [];
        var missing = failed.OfType<ScopeRequirement>().FirstOrDefault()?.Scope ?? failed.OfType<RealmScopeRequirement>().FirstOrDefault()?.ScopeFor(context.User);
        if (missing is null)
        {
            return new(403, "RESTAURANT_REQUIRED", "This token belongs to no restaurant, and there is no default one.");
        }

        var problem = new ApiProblem(403, "SCOPE_MISSING", $"The access token lacks the scope {missing}.").With("scope", missing);
        return problem with { Challenge = $"Bearer error=\"insufficient_scope\", scope=\"{missing}\"" };
    }
}
