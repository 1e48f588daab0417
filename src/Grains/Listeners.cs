using Microsoft.Extensions.Logging;

namespace VoiceOrdering.Grains;

/// <summary>Listeners of one grain with a lease. Not thread-safe: it lives inside one activation.</summary>
internal sealed class Listeners<T>(int limit, TimeSpan lease, TimeProvider time, Action lost) where T : class, IGrainObserver
{
    private readonly Dictionary<T, DateTimeOffset> _until = [];

    public int Count => _until.Count;

    /// <summary>Adds or renews; false when the limit is reached by others.</summary>
    public bool TryAdd(T listener)
    {
        var now = time.GetUtcNow();
        foreach (var expired in _until.Where(pair => pair.Value <= now).Select(pair => pair.Key).ToList()) Lose(expired);
        if (!_until.ContainsKey(listener) && _until.Count >= limit) return false;
        _until[listener] = now + lease;
        return true;
    }

    public void Remove(T listener) => _until.Remove(listener);

    /// <summary>Sends to all, in the order of calls, without waiting for anybody: a dead listener must not hold the grain up.</summary>
    public void Tell(Func<T, Task> send, ILogger log)
    {
        if (_until.Count == 0) return;
        var now = time.GetUtcNow();
        foreach (var (listener, until) in _until.ToArray())
            if (until <= now) Lose(listener);
            else _ = SendAsync(listener, send, log);
    }

    private async Task SendAsync(T listener, Func<T, Task> send, ILogger log)
    {
        try
        {
            await send(listener);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            log.LogInformation("A listener failed and is dropped ({ExceptionType})", exception.GetType().Name);
            Lose(listener);
        }
    }

    private void Lose(T listener)
    {
        if (_until.Remove(listener)) lost();
    }
}
