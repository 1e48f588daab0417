using VoiceOrdering.Api.Hosting;
using VoiceOrdering.Silo.Identity;

namespace VoiceOrdering.Api.Identity;

/// <summary>
/// What was revoked within the life of an access token, in memory: changes of this process at once, those of others when it is read next
/// (<see cref="ApiLimits.RevocationReadMilliseconds"/>). When it is older than <see cref="ApiLimits.RevocationStaleSeconds"/> and cannot be read, nobody is let in and
/// streams end: a token that may be void is not taken for a good one.
/// </summary>
internal sealed partial class RevocationView(ITokenStore store, ApiLimits limits, TimeProvider clock, ILogger<RevocationView> log) : BackgroundService
{
    private static readonly TimeSpan ReadPatience = TimeSpan.FromSeconds(2);
    /// <summary>No token lives longer, whatever the limit was when it was issued.</summary>
    private static readonly TimeSpan LongestToken = TimeSpan.FromDays(1);
    private static readonly TimeSpan PurgeEvery = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly HashSet<Watch> _watches = [];
    private readonly SemaphoreSlim _reading = new(1);
    private Dictionary<string, DateTimeOffset> _revoked = new(StringComparer.Ordinal);
    private DateTimeOffset _readAt;
    private DateTimeOffset _purgedAt;

    /// <summary>The clock tokens are judged by.</summary>
    public TimeProvider Clock => clock;

    /// <summary>Whether what is known is too old to let anybody in.</summary>
    public bool IsStale => clock.GetUtcNow() - _readAt > TimeSpan.FromSeconds(limits.RevocationStaleSeconds);

    /// <summary>Looks at the store now; false when it cannot be read. A machine that slept looks before it turns anybody away.</summary>
    public async Task<bool> TryReloadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync(cancellationToken).WaitAsync(ReadPatience, clock, cancellationToken);
            return true;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            ReadFailed(log, failure);
            if (IsStale)
            {
                EndWatches(_ => true);
            }

            return false;
        }
    }

    /// <summary>Whether a token is void.</summary>
    public bool IsRevoked(string subject, string? family, DateTimeOffset issuedAt)
    {
        var revoked = Volatile.Read(ref _revoked);
        return (revoked.TryGetValue("sub:" + subject, out var at) && issuedAt <= at) || (family is not null && revoked.ContainsKey("fam:" + family));
    }

    /// <summary>Tells when a token becomes void, or when that can no longer be told; dispose to stop.</summary>
    public IDisposable WhenRevoked(string subject, string? family, DateTimeOffset issuedAt, Action act)
    {
        var watch = new Watch(this, subject, family, issuedAt, act);
        lock (_gate)
        {
            _watches.Add(watch);
        }

        if (IsRevoked(subject, family, issuedAt))
        {
            act();
        }

        return watch;
    }

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Before the first request.
        await ReadAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(limits.RevocationReadMilliseconds), clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryReloadAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The process stops.
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _reading.Dispose();
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        // One at a time: what an earlier look saw must not take the place of what a later one saw.
        await _reading.WaitAsync(cancellationToken);
        try
        {
            await LookAsync(cancellationToken);
        }
        finally
        {
            _reading.Release();
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var since = now - LongestToken;
        if (now - _purgedAt > PurgeEvery)
        {
            await store.PurgeAsync(since, cancellationToken);
            _purgedAt = now;
        }

        var revoked = await store.ListRevokedAsync(since, cancellationToken);
        Volatile.Write(ref _revoked, revoked.ToDictionary(row => row.Revoked, row => row.At, StringComparer.Ordinal));
        _readAt = now;
        EndWatches(watch => IsRevoked(watch.Subject, watch.Family, watch.IssuedAt));
    }

    private void EndWatches(Func<Watch, bool> concerned)
    {
        Watch[] ended;
        lock (_gate)
        {
            ended = [.. _watches.Where(concerned)];
        }

        foreach (var watch in ended)
        {
            watch.Act();
        }
    }

    [LoggerMessage(1301, LogLevel.Error, "Revocations could not be read; nobody is let in when this goes on")]
    private static partial void ReadFailed(ILogger logger, Exception failure);

    private sealed record Watch(RevocationView View, string Subject, string? Family, DateTimeOffset IssuedAt, Action Act) : IDisposable
    {
        public bool Equals(Watch? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

        public void Dispose()
        {
            lock (View._gate)
            {
                View._watches.Remove(this);
            }
        }
    }
}
