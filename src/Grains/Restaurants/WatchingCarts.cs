using VoiceOrdering.Identity;

namespace VoiceOrdering.Grains.Restaurants;

/// <summary>Sessions whose carts want to hear of menu changes, in memory. Over the limit the oldest are left out: they look at their next use.</summary>
internal sealed class WatchingCarts(int limit, TimeSpan lease, TimeProvider time)
{
    private readonly Dictionary<SessionId, DateTimeOffset> _until = [];

    public bool IsEmpty
    {
        get
        {
            Prune();
            return _until.Count == 0;
        }
    }

    public void Add(SessionId session)
    {
        if (_until.Count >= limit && !_until.ContainsKey(session))
        {
            Prune();
            if (_until.Count >= limit) _until.Remove(_until.MinBy(pair => pair.Value).Key);
        }
        _until[session] = time.GetUtcNow() + lease;
    }

    public SessionId[] Present()
    {
        Prune();
        return [.. _until.Keys];
    }

    private void Prune()
    {
        var now = time.GetUtcNow();
        foreach (var (session, until) in _until.ToArray())
            if (until <= now) _until.Remove(session);
    }
}
