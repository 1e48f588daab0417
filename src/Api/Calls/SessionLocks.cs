using VoiceOrdering.Identity;

namespace VoiceOrdering.Api.Calls;

/// <summary>
/// Lets one request at a time bring up a call of a session. A fixed number of locks shared by hash: two sessions may now and then
/// wait for each other, but nothing grows.
/// </summary>
internal sealed class SessionLocks : IDisposable
{
    private readonly SemaphoreSlim[] _locks = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Waits for the session's lock; disposing the result frees it.</summary>
    public async Task<IDisposable> EnterAsync(SessionId session, CancellationToken cancellationToken)
    {
        SemaphoreSlim taken = _locks[(uint)StringComparer.Ordinal.GetHashCode(session.Value) % _locks.Length];
        await taken.WaitAsync(cancellationToken);
        return new Held(taken);
    }

    public void Dispose()
    {
        foreach (SemaphoreSlim one in _locks)
        {
            one.Dispose();
        }
    }

    private sealed class Held(SemaphoreSlim taken) : IDisposable
    {
        private SemaphoreSlim? _taken = taken;

        public void Dispose() => Interlocked.Exchange(ref _taken, null)?.Release();
    }
}
