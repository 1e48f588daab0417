using VoiceOrdering.Silo.Audit;

namespace VoiceOrdering.Silo.Identity;

/// <summary>Refresh tokens, known by their hashes only, and what was revoked before its time.</summary>
public interface ITokenStore
{
    /// <summary>
    /// Adds the first refresh token of a log-in and its audit row; of a subject's log-ins the oldest beyond <paramref name="most"/> cannot be continued any more.
    /// </summary>
    /// <returns>False when the subject was revoked since the token's <see cref="StoredRefreshToken.AsOf"/>: what was checked then no longer holds.</returns>
    Task<bool> AddAsync(StoredRefreshToken token, int most, AuditEntry audit, CancellationToken cancellationToken);

    /// <summary>
    /// Uses a refresh token up and stores its successor in one transaction. A token that was used before betrays a copy: its whole family is revoked (RFC 9700 section 4.14.2).
    /// </summary>
    /// <param name="swap">The token that came and the one that takes its place.</param>
    /// <param name="from">Where it came from, for the audit.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<RefreshResult> RotateAsync(RefreshSwap swap, string from, CancellationToken cancellationToken);

    /// <summary>Ends one log-in with everything that came from it, and adds the audit row.</summary>
    Task RevokeFamilyAsync(string family, AuditEntry audit, CancellationToken cancellationToken);

    /// <summary>What was revoked since an instant.</summary>
    Task<IReadOnlyList<Revocation>> ListRevokedAsync(DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>Forgets refresh tokens and revocations that can no longer matter.</summary>
    Task PurgeAsync(DateTimeOffset revokedBefore, CancellationToken cancellationToken);
}

/// <summary>A refresh token as it is kept.</summary>
/// <param name="TokenHash">Lower-case hex of SHA-256.</param>
/// <param name="Family">All tokens that come from one log-in.</param>
/// <param name="Subject">Whose it is.</param>
/// <param name="ExpiresAt">UTC.</param>
public sealed record StoredRefreshToken(string TokenHash, string Family, string Subject, DateTimeOffset ExpiresAt)
{
    /// <summary>When the user was looked up whose password was checked.</summary>
    public required DateTimeOffset AsOf { get; init; }
}

/// <summary>One refresh token for another.</summary>
/// <param name="TokenHash">Hash of the token that came.</param>
/// <param name="SuccessorHash">Hash of the one that takes its place.</param>
/// <param name="ExpiresAt">End of the successor, UTC.</param>
/// <param name="BeganAfter">A log-in that began earlier is over, however often it was continued.</param>
public sealed record RefreshSwap(string TokenHash, string SuccessorHash, DateTimeOffset ExpiresAt, DateTimeOffset BeganAfter);

/// <summary>What became of a refresh token.</summary>
/// <param name="Outcome">Whether it was good.</param>
/// <param name="Family">Its log-in; empty when it is unknown.</param>
/// <param name="Subject">Whose it is; empty when it is unknown.</param>
public sealed record RefreshResult(RefreshOutcome Outcome, string Family, string Subject);

/// <summary>Whether a refresh token was good.</summary>
public enum RefreshOutcome
{
    /// <summary>It was, and is used up.</summary>
    Rotated,
    /// <summary>Not one of ours, or over.</summary>
    Unknown,
    /// <summary>It had been used before; its family is revoked now.</summary>
    Reused,
}

/// <summary>Something that is void since an instant.</summary>
/// <param name="Revoked"><c>sub:…</c> or <c>fam:…</c>.</param>
/// <param name="At">UTC; what was issued up to then is void.</param>
public sealed record Revocation(string Revoked, DateTimeOffset At);
