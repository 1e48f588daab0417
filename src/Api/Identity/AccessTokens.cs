using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.Extensions.Options;
using VoiceOrdering.Api.Hosting;

namespace VoiceOrdering.Api.Identity;

/// <summary>
/// Issues the opaque access tokens that the framework's bearer handler reads: a data-protected ticket with an end. The framework's own sign-in also hands out
/// refresh tokens that it cannot take back, so the ticket is protected here and refresh tokens are <see cref="LogInSessions"/>'.
/// </summary>
internal sealed class AccessTokens(IOptionsMonitor<BearerTokenOptions> options, ApiLimits limits, TimeProvider clock)
{
    /// <summary>How long a token lives.</summary>
    public TimeSpan Lifetime { get; } = TimeSpan.FromMinutes(limits.TokenMinutes);

    /// <summary>A token for this principal, void as soon as its family is.</summary>
    public (string Token, TimeSpan Life) Issue(Principal principal, string family)
    {
        var now = clock.GetUtcNow();
        var endsAt = principal.EndsAt < now + Lifetime ? principal.EndsAt.Value : now + Lifetime;
        var properties = new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = endsAt };
        var ticket = new AuthenticationTicket(CallerClaims.ToPrincipal(principal, family, principal.AsOf ?? now), properties, BearerScheme.AccessTokenType);
        return (options.Get(BearerScheme.Name).BearerTokenProtector.Protect(ticket), endsAt - now);
    }
}
