using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using VoiceOrdering.Identity;

namespace VoiceOrdering.Api.Identity;

/// <summary>What a token says about its bearer, and back.</summary>
internal static class CallerClaims
{
    private const string Subject = "sub";
    private const string Restaurant = "restaurant";
    private const string Scope = "scope";
    private const string Family = "fam";
    private const string IssuedAt = "iat_ms";

    /// <summary>The identity that goes into a token.</summary>
    public static ClaimsPrincipal ToPrincipal(Principal principal, string family, DateTimeOffset issuedAt)
    {
        var identity = new ClaimsIdentity(BearerScheme.AccessTokenType, Subject, roleType: null);
        identity.AddClaim(new Claim(Subject, principal.Subject));
        if (principal.Restaurant is { } restaurant)
        {
            identity.AddClaim(new Claim(Restaurant, restaurant.Value));
        }

        identity.AddClaim(new Claim(IssuedAt, issuedAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)));
        identity.AddClaim(new Claim(Family, family));

        identity.AddClaims(principal.Scopes.Select(scope => new Claim(Scope, scope)));
        return new ClaimsPrincipal(identity);
    }

    /// <summary>Whether the bearer has the scope.</summary>
    public static bool HasScope(this ClaimsPrincipal user, string scope) => user.HasClaim(Scope, scope);

    /// <summary>Whether the bearer belongs to a restaurant.</summary>
    public static bool HasRestaurant(this ClaimsPrincipal user) => user.HasClaim(claim => claim.Type == Restaurant);

    /// <summary>The subject, or null for a stranger.</summary>
    public static string? FindSubject(this ClaimsPrincipal user) => user.FindFirst(Subject)?.Value;

    /// <summary>The log-in the token belongs to, or null for a token of an earlier release.</summary>
    public static string? FindFamily(this ClaimsPrincipal user) => user.FindFirst(Family)?.Value;

    /// <summary>The restaurant, or null for operators.</summary>
    public static string? FindRestaurant(this ClaimsPrincipal user) => user.FindFirst(Restaurant)?.Value;

    /// <summary>When the token was issued, to the millisecond: the ticket's own instant is cut to seconds. Tokens of an earlier release count as issued at the beginning of time.</summary>
    public static DateTimeOffset FindIssuedAt(this ClaimsPrincipal user) =>
        long.TryParse(user.FindFirst(IssuedAt)?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var ms) ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : DateTimeOffset.UnixEpoch;

    /// <summary>The caller as grains know it. Only for endpoints that require a restaurant.</summary>
    public static Caller Caller(this HttpContext context)
    {
        var user = context.User;
        return new Caller(
            user.FindSubject() ?? throw new InvalidOperationException("The endpoint does not require a token."),
            new RestaurantId(user.FindFirst(Restaurant)?.Value ?? throw new InvalidOperationException("The endpoint does not require a restaurant.")),
            [.. user.FindAll(Scope).Select(claim => claim.Value).Order(StringComparer.Ordinal)]);
    }

    /// <summary>When the request's token ends; streams must not outlive it.</summary>
    public static DateTimeOffset? TokenExpiresAt(this HttpContext context) =>
        context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties?.ExpiresUtc;
}
