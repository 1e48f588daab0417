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
        routes.MapPost("/api/v1/auth/revoke", RevokeAsync).RequireAuthorization(EndpointAccess.Anybody())
            .WithTags("Identity").WithSummary("Log out: end this log-in everywhere").Produces(204).Problem(401);
        routes.MapPost("/api/v1/auth/token", IssueAsync)
            .WithTags("Identity").WithSummary("Exchange credentials for an access token of 90 minutes")
            .Produces<TokenResponse>().Problem(400, 401, 429, 503)
            .AllowAnonymous();
    }

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
        var sessions = http.RequestServices.GetRequiredService<LogInSessions>();
        // A key is at hand whenever it is needed again; only people get tokens to go on with.
        var (refreshToken, family) = byKey ? (null, sessions.NewFamily()) : await sessions.BeginAsync(principal.Subject, http.RequestAborted);
        return Answer(http, new Grant(principal, refreshToken, family), tokens);
    }

    private static async Task<IResult> RefreshAsync(RefreshRequest request, HttpContext http, LogInSessions sessions, AccessTokens tokens, LogInThrottle throttle)
    {
        var revocations = http.RequestServices.GetRequiredService<RevocationView>();
        if (request.RefreshToken is not { Length: > 0 } refreshToken)
        {
            return new ApiProblem(400, "BODY_INVALID", "The refreshToken is missing.").With("path", "$.refreshToken");
        }

        var address = http.Connection.RemoteIpAddress?.ToString() ?? "unknown";
        if (throttle.TryBegin("(refresh)", address) is { } wait)
        {
            return new ApiProblem(429, "LOGIN_THROTTLED", "Too many failed log-ins; wait before the next one.") { RetryAfter = wait };
        }

        if (await sessions.ContinueAsync(refreshToken, http.RequestAborted) is not { } continued || revocations.IsRevoked(continued.Principal.Subject, continued.Family, tokens.Now))
        {
            await revocations.ReloadAsync(http.RequestAborted);
            return new ApiProblem(401, "REFRESH_INVALID", "The log-in cannot be continued; log in again.") { Challenge = "Bearer" };
        }

        throttle.Succeeded("(refresh)", address);
        return Answer(http, new Grant(continued.Principal, continued.RefreshToken, continued.Family), tokens);
    }

    private static async Task<IResult> RevokeAsync(HttpContext http, RevocationView revocations, AuditTrail trail)
    {
        await revocations.RevokeFamilyAsync(http.User.FindFamily()!, CancellationToken.None);
        await trail.AddAsync(http, "login.ended", http.User.FindSubject()!);
        return Results.NoContent();
    }

    private static IResult Answer(HttpContext http, Grant grant, AccessTokens tokens)
    {
        http.Response.Headers.CacheControl = "no-store";
        return Results.Ok(new TokenResponse(
            tokens.Issue(grant.Principal, grant.Family), "Bearer", (int)tokens.Lifetime.TotalSeconds, grant.Principal.Scopes, grant.Principal.Restaurant?.Value) { RefreshToken = grant.RefreshToken });
    }

    private sealed record Grant(Principal Principal, string? RefreshToken, string Family);
}
