using VoiceOrdering.Api.Observability;
using VoiceOrdering.Api.Problems;

namespace VoiceOrdering.Api.Identity;

/// <summary>Credentials in, access token out.</summary>
internal static class TokensApi
{
    public static void MapTokens(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/auth/refresh", RefreshAsync)
            .WithTags("Identity").WithSummary("Continue a log-in: a refresh token for a new access token").Produces<TokenResponse>().Problem(400, 401, 429)
            .AllowAnonymous();
        routes.MapPost("/api/v1/auth/revoke", RevokeAsync).RequireToken()
            .WithTags("Identity").WithSummary("Log out: end this log-in everywhere").Produces(204).Problem(401);
        routes.MapPost("/api/v1/auth/token", IssueAsync)
            .WithTags("Identity").WithSummary("Exchange credentials for an access token of 90 minutes")
            .Produces<TokenResponse>().Problem(400, 401, 429, 503)
            .AllowAnonymous();
    }

    private static async Task<IResult> IssueAsync(TokenRequest request, HttpContext http, LogInDesk desk, LogInThrottle throttle, ApiMetrics metrics)
    {
        var byKey = request is { ApiKey.Length: > 0, Username: null, Password: null };
        if (!byKey && request is not { ApiKey: null, Username: not null, Password: not null })
        {
            return new ApiProblem(400, "BODY_INVALID", "Give either username and password, or apiKey.").With("path", "$");
        }

        // API keys share one bucket per address: their text must not become a key of our memory.
        var name = byKey ? "(api key)" : request.Username!.Length > 128 ? request.Username[..128] : request.Username;
        var address = LogInThrottle.AddressOf(http);
        if (throttle.TryBegin(name, address) is { } wait)
        {
            metrics.CountLogIn("throttled");
            return LogInThrottle.Refused(wait);
        }

        LogInGrant? grant;
        try
        {
            grant = byKey ? await desk.ByApiKeyAsync(request.ApiKey!, http) : await desk.ByPasswordAsync(request.Username!, request.Password!, http);
        }
        catch (LogInsBusyException)
        {
            return new ApiProblem(503, "LOGINS_BUSY", "Too many log-ins at one time; try again in a moment.") { RetryAfter = TimeSpan.FromSeconds(2) };
        }

        if (grant is null)
        {
            metrics.CountLogIn("refused");
            return new ApiProblem(401, "CREDENTIALS_INVALID", "The credentials are not right.") { Challenge = "Bearer" };
        }

        throttle.Succeeded(name, address);
        metrics.CountLogIn("accepted");
        return Answer(http, grant, desk.Tokens);
    }

    private static async Task<IResult> RefreshAsync(RefreshRequest request, HttpContext http, LogInDesk desk, LogInThrottle throttle)
    {
        if (request.RefreshToken is not { Length: > 0 } refreshToken)
        {
            return new ApiProblem(400, "BODY_INVALID", "The refreshToken is missing.").With("path", "$.refreshToken");
        }

        // By token, so that one window that was left open does not shut out everybody behind the same address; guessing ends at the address' own limit.
        var (name, address) = ($"(refresh) {Credentials.HashApiKey(refreshToken)[..16]}", LogInThrottle.AddressOf(http));
        if (throttle.TryBegin(name, address) is { } wait)
        {
            return LogInThrottle.Refused(wait);
        }

        if (await desk.Sessions.ContinueAsync(refreshToken, AuditTrail.From(http), http.RequestAborted) is not { } continued)
        {
            // It may have been a copy; then everything that came from that log-in is void now.
            await desk.Revocations.TryReloadAsync(http.RequestAborted);
            return new ApiProblem(401, "REFRESH_INVALID", "The log-in cannot be continued; log in again.") { Challenge = "Bearer" };
        }

        throttle.Succeeded(name, address);
        return Answer(http, new LogInGrant(continued.Principal, continued.RefreshToken, continued.Family), desk.Tokens);
    }

    private static async Task<IResult> RevokeAsync(HttpContext http, LogInDesk desk)
    {
        if (http.User.FindFamily() is { } family)
        {
            await desk.EndAsync(family, http);
        }

        return Results.NoContent();
    }

    private static IResult Answer(HttpContext http, LogInGrant grant, AccessTokens tokens)
    {
        var (token, life) = tokens.Issue(grant.Principal, grant.Family);
        http.Response.Headers.CacheControl = "no-store";
        return Results.Ok(new TokenResponse(token, "Bearer", (int)life.TotalSeconds, grant.Principal.Scopes, grant.Principal.Restaurant?.Value) { RefreshToken = grant.RefreshToken });
    }
}
