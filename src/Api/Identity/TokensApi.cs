using VoiceOrdering.Api.Observability;
using VoiceOrdering.Api.Problems;

namespace VoiceOrdering.Api.Identity;

/// <summary>Credentials in, access token out.</summary>
internal static class TokensApi
{
    public static void MapTokens(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/auth/token", IssueAsync)
            .WithTags("Identity").WithSummary("Exchange credentials for an access token of 90 minutes")
            .Produces<TokenResponse>().Problem(400, 401, 429, 503)
            .AllowAnonymous();

    private static async Task<IResult> IssueAsync(
        TokenRequest request, HttpContext http, Credentials credentials, AccessTokens tokens, LogInThrottle throttle, ApiMetrics metrics)
    {
        var byKey = request is { ApiKey.Length: > 0, Username: null, Password: null };
        if (!byKey && request is not { ApiKey: null, Username: not null, Password: not null })
        {
            return new ApiProblem(400, "BODY_INVALID", "Give either username and password, or apiKey.").With("path", "$");
        }

        // API keys share one bucket per address: their text must not become a key of our memory.
        var name = byKey ? "(api key)" : request.Username!.Length > 128 ? request.Username[..128] : request.Username;
        var address = http.Connection.RemoteIpAddress?.ToString() ?? "unknown";
        if (throttle.TryBegin(name, address) is { } wait)
        {
            metrics.CountLogIn("throttled");
            return new ApiProblem(429, "LOGIN_THROTTLED", "Too many failed log-ins; wait before the next one.") { RetryAfter = wait };
        }

        Principal? principal;
        try
        {
            principal = byKey
                ? await credentials.FindByApiKeyAsync(request.ApiKey!, http.RequestAborted)
                : await credentials.FindByPasswordAsync(request.Username!, request.Password!, http.RequestAborted);
        }
        catch (LogInsBusyException)
        {
            return new ApiProblem(503, "LOGINS_BUSY", "Too many log-ins at one time; try again in a moment.") { RetryAfter = TimeSpan.FromSeconds(2) };
        }

        if (principal is null)
        {
            metrics.CountLogIn("refused");
            return new ApiProblem(401, "CREDENTIALS_INVALID", "The credentials are not right.") { Challenge = "Bearer" };
        }

        throttle.Succeeded(name, address);
        metrics.CountLogIn("accepted");
        http.Response.Headers.CacheControl = "no-store";
        return Results.Ok(new TokenResponse(tokens.Issue(principal), "Bearer", (int)tokens.Lifetime.TotalSeconds, principal.Scopes, principal.Restaurant?.Value));
    }
}
