using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using VoiceOrdering.Api.Problems;

namespace VoiceOrdering.Api.Identity;

/// <summary>
/// The one place where a good but revoked token is turned away, before any endpoint. It stands before the rates, so that a stolen token that was revoked does not use up
/// its owner's share.
/// </summary>
internal sealed class RevokedTokens(RequestDelegate next, RevocationView view)
{
    public async Task InvokeAsync(HttpContext http)
    {
        var problem = http.User.FindSubject() is { } subject ? await JudgeAsync(http, subject) : null;
        if (problem is not null && (http.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null))
        {
            // What is for everybody, logging in above all, is for the bearer of a void token too, as for a stranger.
            http.User = new ClaimsPrincipal(new ClaimsIdentity());
            problem = null;
        }

        await (problem is null ? next(http) : problem.ExecuteAsync(http));
    }

    private async ValueTask<ApiProblem?> JudgeAsync(HttpContext http, string subject)
    {
        if (view.IsStale && !await view.TryReloadAsync(http.RequestAborted))
        {
            return new ApiProblem(503, "REVOCATIONS_UNKNOWN", "It cannot be told whether the access token is still good; try again in a moment.") { RetryAfter = TimeSpan.FromSeconds(2) };
        }

        return view.IsRevoked(subject, http.User.FindFamily(), http.User.FindIssuedAt())
            ? new ApiProblem(401, "TOKEN_REVOKED", "The access token was revoked; log in again.") { Challenge = "Bearer error=\"invalid_token\"" }
            : null;
    }
}
