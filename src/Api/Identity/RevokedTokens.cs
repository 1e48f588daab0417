using Microsoft.AspNetCore.Authentication;
using VoiceOrdering.Api.Problems;

namespace VoiceOrdering.Api.Identity;

/// <summary>The one place where a good but revoked token is turned away, before any endpoint.</summary>
internal sealed class RevokedTokens(RequestDelegate next, RevocationView view)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (http.User.Identity?.IsAuthenticated != true || http.User.FindSubject() is not { } subject)
        {
            await next(http);
        }
        else if (view.IsStale && !await view.TryReloadAsync(http.RequestAborted))
        {
            var unknown = new ApiProblem(503, "REVOCATIONS_UNKNOWN", "It cannot be told whether the access token is still good; try again in a moment.") { RetryAfter = TimeSpan.FromSeconds(2) };
            await unknown.ExecuteAsync(http);
        }
        else if (view.IsRevoked(subject, http.User.FindFamily(), http.User.FindIssuedAt()))
        {
            await new ApiProblem(401, "TOKEN_REVOKED", "The access token was revoked; log in again.") { Challenge = "Bearer error=\"invalid_token\"" }.ExecuteAsync(http);
        }
        else
        {
            await next(http);
        }
    }
}
