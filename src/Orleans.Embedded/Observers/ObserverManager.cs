using System.Collections;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.Utilities;

/// <summary>Observers by themselves, forgotten when they have not subscribed again for a while. Used by turns of one grain only.</summary>
/// <typeparam name="TObserver">The observer interface.</typeparam>
public class ObserverManager<TObserver> : ObserverManager<IAddressable, TObserver>
    where TObserver : notnull
{
    /// <summary>Creates the collection.</summary>
    public ObserverManager(TimeSpan expiration, ILogger log)
        : base(expiration, log)
    {
    }
}

/// <summary>Observers by an identity, forgotten when they have not subscribed again for a while. Used by turns of one grain only.</summary>
/// <typeparam name="TIdentity">What names an observer.</typeparam>
/// <typeparam name="TObserver">The observer interface.</typeparam>
public class ObserverManager<TIdentity, TObserver> : IEnumerable<TObserver>
    where TIdentity : notnull
    where TObserver : notnull
{
    private readonly Dictionary<TIdentity, (TObserver Observer, DateTime SeenAt)> _observers = [];
    private readonly ILogger _log;

    /// <summary>Creates the collection.</summary>
    public ObserverManager(TimeSpan expiration, ILogger log)
    {
        ArgumentNullException.ThrowIfNull(log);
        ExpirationDuration = expiration;
        _log = log;
        GetDateTime = () => TimeProvider.System.GetUtcNow().UtcDateTime;
    }

    /// <summary>How long an observer is kept after it subscribed.</summary>
    public TimeSpan ExpirationDuration { get; set; }

    /// <summary>The clock, UTC.</summary>
    public Func<DateTime> GetDateTime { get; set; }

    /// <summary>The number of observers, expired ones included until they are cleared.</summary>
    public int Count => _observers.Count;

    /// <summary>The observers.</summary>
    public IReadOnlyDictionary<TIdentity, TObserver> Observers => _observers.ToDictionary(pair => pair.Key, pair => pair.Value.Observer);

    /// <summary>Forgets all.</summary>
    public void Clear() => _observers.Clear();

    /// <summary>Adds an observer or keeps it for another while.</summary>
    public void Subscribe(TIdentity id, TObserver observer) => _observers[id] = (observer, GetDateTime());

    /// <summary>Forgets an observer.</summary>
    public void Unsubscribe(TIdentity id) => _observers.Remove(id);

    /// <summary>Tells the observers that have not expired; one whose notification throws is forgotten.</summary>
    public async Task Notify(Func<TObserver, Task> notification, Func<TObserver, bool>? predicate = null)
    {
        ArgumentNullException.ThrowIfNull(notification);
        ClearExpired();
        foreach (var (id, entry) in _observers.ToArray())
        {
            if (predicate is not null && !predicate(entry.Observer))
            {
                continue;
            }

            try
            {
                await notification(entry.Observer);
            }
            catch (Exception failure)
            {
                Forget(id, failure);
            }
        }
    }

    /// <summary>Tells the observers that have not expired; one whose notification throws is forgotten.</summary>
    public void Notify(Action<TObserver> notification, Func<TObserver, bool>? predicate = null)
    {
        ArgumentNullException.ThrowIfNull(notification);
        ClearExpired();
        foreach (var (id, entry) in _observers.ToArray())
        {
            if (predicate is not null && !predicate(entry.Observer))
            {
                continue;
            }

            try
            {
                notification(entry.Observer);
            }
            catch (Exception failure)
            {
                Forget(id, failure);
            }
        }
    }

    /// <summary>Forgets the observers that have expired.</summary>
    public void ClearExpired()
    {
        var now = GetDateTime();
        foreach (var (id, entry) in _observers.ToArray())
        {
            if (entry.SeenAt + ExpirationDuration < now)
            {
                _observers.Remove(id);
            }
        }
    }

    /// <inheritdoc/>
    public IEnumerator<TObserver> GetEnumerator() => _observers.Values.Select(entry => entry.Observer).ToList().GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void Forget(TIdentity id, Exception failure)
    {
        _observers.Remove(id);
        _log.LogDebug(failure, "An observer could not be told and is forgotten");
    }
}
