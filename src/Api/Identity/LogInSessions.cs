using VoiceOrdering.Api.Hosting;
using VoiceOrdering.Identity;
using VoiceOrdering.Silo.Audit;
using VoiceOrdering.Silo.Identity;

namespace VoiceOrdering.Api.Identity;

/// <summary>
/// Log-ins that go on: a refresh token, good once, brings a new access token and its own successor. One that comes a second time ends the whole log-in, because
/// either its owner or a thief has the other copy (RFC 9700 section 4.14.2).
/// </summary>
internal sealed class LogInSessions(ITokenStore tokens, IUserStore users, IIdSource ids, ApiLimits limits, TimeProvider clock)
{
    private const string Prefix = "rt_";
    private const int LongestToken = 128;

    /// <summary>A name for everything that comes from one log-in.</summary>
    public string NewFamily() => ids.NewId("fam_");

    /// <summary>The first refresh token of a log-in, and the log-in's family; null when the user was changed while its password was checked.</summary>
    public async Task<(string RefreshToken, string Family)?> BeginAsync(Principal user, AuditEntry audit, CancellationToken cancellationToken)
    {
        var (token, family) = (Prefix + ids.NewSecret(), NewFamily());
        var kept = new StoredRefreshToken(Credentials.HashApiKey(token), family, user.Subject, EndsAt) { AsOf = user.AsOf ?? clock.GetUtcNow() };
        return await tokens.AddAsync(kept, limits.LogInsPerUser, audit, cancellationToken) ? (token, family) : null;
    }

    /// <summary>Who goes on, as the user stands now, with the next refresh token; null when the token is not good or the user may no longer log in.</summary>
    public async Task<(Principal Principal, string RefreshToken, string Family)?> ContinueAsync(string refreshToken, string from, CancellationToken cancellationToken)
    {
        if (!refreshToken.StartsWith(Prefix, StringComparison.Ordinal) || refreshToken.Length > LongestToken)
        {
            return null;
        }

        var asOf = clock.GetUtcNow();
        var next = Prefix + ids.NewSecret();
        var swap = new RefreshSwap(Credentials.HashApiKey(refreshToken), Credentials.HashApiKey(next), EndsAt, asOf.AddDays(-limits.LogInDays));
        var result = await tokens.RotateAsync(swap, from, cancellationToken);
        if (result.Outcome != RefreshOutcome.Rotated)
        {
            return null;
        }

        return await users.FindBySubjectAsync(result.Subject, cancellationToken) is { IsDisabled: false } user
            ? (new Principal(user.Subject, user.Restaurant, user.Scopes) { AsOf = asOf }, next, result.Family)
            : null;
    }

    private DateTimeOffset EndsAt => clock.GetUtcNow().AddDays(limits.RefreshDays);
}
