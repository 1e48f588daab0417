using VoiceOrdering.Silo.Audit;
using VoiceOrdering.Silo.Identity;

namespace VoiceOrdering.Api.Identity;

/// <summary>
/// Checks credentials, begins and ends log-ins. Every attempt is in the audit before it is answered; one that fails costs as many writes as one that succeeds, whether
/// there is such a name or not.
/// </summary>
internal sealed record LogInDesk(Credentials Credentials, LogInSessions Sessions, AccessTokens Tokens, RevocationView Revocations, LogInStores Stores)
{
    /// <summary>A log-in for a name and a password, or null.</summary>
    public async Task<LogInGrant?> ByPasswordAsync(string username, string password, HttpContext http)
    {
        var (user, named) = await Credentials.CheckPasswordAsync(username, password, http.RequestAborted);
        if (user is not null)
        {
            var begun = await Sessions.BeginAsync(user, Entry(http, "login.begun", user.Subject, user.Restaurant?.Value), http.RequestAborted);
            return begun is { } logIn ? new LogInGrant(user, logIn.RefreshToken, logIn.Family) : null;
        }

        // A name that nobody has may be a password in the wrong field: it is not kept.
        await Stores.Audit.AddAsync(Entry(http, "login.refused", named?.Subject, named?.Restaurant?.Value), http.RequestAborted);
        return null;
    }

    /// <summary>A log-in for an API key, or null. It has no refresh token: the key is at hand whenever it is needed again.</summary>
    public async Task<LogInGrant?> ByApiKeyAsync(string apiKey, HttpContext http)
    {
        if (await Credentials.FindByApiKeyAsync(apiKey, http.RequestAborted) is not { Key: var key } found)
        {
            await Stores.Audit.AddAsync(Entry(http, "login.refused", null, null), http.RequestAborted);
            return null;
        }

        await Stores.Users.TouchApiKeyAsync(key.KeyHash, Entry(http, "apikey.used", key.Subject, key.Restaurant?.Value), http.RequestAborted);
        return new LogInGrant(new Principal(key.Subject, key.Restaurant, key.Scopes) { AsOf = found.AsOf, EndsAt = key.ExpiresAt }, null, Sessions.NewFamily());
    }

    /// <summary>Ends the log-in of the caller's token, durably and at once.</summary>
    public async Task EndAsync(string family, HttpContext http)
    {
        await Stores.Tokens.RevokeFamilyAsync(family, Entry(http, "login.ended", http.User.FindSubject(), http.User.FindRestaurant()), CancellationToken.None);
        await Revocations.TryReloadAsync(CancellationToken.None);
    }

    private static AuditEntry Entry(HttpContext http, string action, string? subject, string? restaurant) =>
        new(restaurant ?? "", subject ?? "", action, subject ?? "(unknown)", $"from {AuditTrail.From(http)}");
}

/// <summary>Somebody who is in.</summary>
/// <param name="Principal">Who.</param>
/// <param name="RefreshToken">To go on with; null for API keys.</param>
/// <param name="Family">The log-in.</param>
internal sealed record LogInGrant(Principal Principal, string? RefreshToken, string Family);

/// <summary>Where log-ins are kept.</summary>
internal sealed record LogInStores(IUserStore Users, ITokenStore Tokens, IAuditLog Audit);
