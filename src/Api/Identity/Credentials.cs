using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using VoiceOrdering.Api.Hosting;
using VoiceOrdering.Silo.Identity;

namespace VoiceOrdering.Api.Identity;

/// <summary>
/// Checks passwords and API keys. An unknown name costs the same work as a wrong password: it is checked against a hash nobody has the password of.
/// Hashing is bounded, so that a flood of log-ins cannot take all processors.
/// </summary>
internal sealed class Credentials(IUserStore users, ApiLimits limits, TimeProvider clock) : IDisposable
{
    private const int LongestName = 128;
    private const int LongestPassword = 256;

    private static readonly PasswordHasher<string> Hasher = new();
    private static readonly Lazy<string> NobodysHash = new(() => HashPassword("nobody", Convert.ToHexString(RandomNumberGenerator.GetBytes(32))));

    private readonly SemaphoreSlim _checks = new(limits.PasswordChecks);
    private int _asked;

    /// <summary>Hash to store for a password.</summary>
    public static string HashPassword(string username, string password) => Hasher.HashPassword(username, password);

    /// <summary>Form under which an API key is stored and found: lower-case hex of SHA-256. The key itself carries 256 random bits, so no salt is needed.</summary>
    public static string HashApiKey(string apiKey) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(apiKey)));

    /// <summary>Whoever has this name and password, and who has the name at all. A disabled user's password is never right.</summary>
    /// <exception cref="LogInsBusyException">More checks are waiting than <see cref="ApiLimits.PasswordChecksWaiting"/>.</exception>
    public async Task<PasswordCheck> CheckPasswordAsync(string username, string password, CancellationToken cancellationToken)
    {
        var asOf = clock.GetUtcNow();
        var plausible = username.Length is > 0 and <= LongestName && password.Length is > 0 and <= LongestPassword;
        var user = plausible ? await users.FindByNameAsync(username, cancellationToken) : null;
        var right = await IsRightAsync(user?.PasswordHash ?? NobodysHash.Value, plausible ? password : "implausible", cancellationToken);
        return new PasswordCheck(right && user is { IsDisabled: false } ? new Principal(user.Subject, user.Restaurant, user.Scopes) { AsOf = asOf } : null, user);
    }

    /// <summary>The API key with this secret, and when that was; null when there is none that is good.</summary>
    public async Task<(StoredApiKey Key, DateTimeOffset AsOf)?> FindByApiKeyAsync(string apiKey, CancellationToken cancellationToken)
    {
        var asOf = clock.GetUtcNow();
        var key = await users.FindByApiKeyHashAsync(HashApiKey(apiKey), cancellationToken);
        return key is { RevokedAt: null } && !(key.ExpiresAt <= asOf) ? (key, asOf) : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _checks.Dispose();

    private async Task<bool> IsRightAsync(string hash, string password, CancellationToken cancellationToken)
    {
        try
        {
            if (Interlocked.Increment(ref _asked) > limits.PasswordChecksWaiting + limits.PasswordChecks)
            {
                throw new LogInsBusyException();
            }

            await _checks.WaitAsync(cancellationToken);
            try
            {
                return await Task.Run(() => Hasher.VerifyHashedPassword("user", hash, password), CancellationToken.None) != PasswordVerificationResult.Failed;
            }
            finally
            {
                _checks.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _asked);
        }
    }
}

/// <summary>What a name and a password came to.</summary>
/// <param name="Principal">The user, when both were right.</param>
/// <param name="Named">The user of that name, for the audit only.</param>
internal sealed record PasswordCheck(Principal? Principal, StoredUser? Named);
