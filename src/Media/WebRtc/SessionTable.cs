using System.Collections.Concurrent;
using System.Net;

namespace VoiceOrdering.Media.WebRtc;

/// <summary>Finds the leg of a datagram: STUN by user fragment, everything else by the address a valid STUN request came from. Thread-safe.</summary>
internal sealed class SessionTable
{
    private readonly ConcurrentDictionary<string, WebRtcLeg> _byUserFragment = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, WebRtcLeg>.AlternateLookup<ReadOnlySpan<char>> _byFragmentChars;
    private readonly ConcurrentDictionary<SocketAddress, WebRtcLeg> _byAddress = new();
    private readonly ConcurrentDictionary<string, WebRtcLeg> _byId = new(StringComparer.Ordinal);
    private readonly int _capacity;
    private int _count;

    public SessionTable(int capacity)
    {
        _capacity = capacity;
        _byFragmentChars = _byUserFragment.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public int Count => Volatile.Read(ref _count);

    /// <summary>Addresses known; for tests of leaks.</summary>
    public int AddressCount => _byAddress.Count;

    /// <summary>User fragments known; for tests of leaks.</summary>
    public int UserFragmentCount => _byUserFragment.Count;

    public IEnumerable<WebRtcLeg> Legs => _byId.Values;

    /// <summary>Takes a place; false when all are taken. Must be followed by <see cref="Add"/> or <see cref="Release"/>.</summary>
    public bool TryReserve()
    {
        if (Interlocked.Increment(ref _count) <= _capacity)
        {
            return true;
        }

        Interlocked.Decrement(ref _count);
        return false;
    }

    public void Release() => Interlocked.Decrement(ref _count);

    /// <summary>False when the id is in use.</summary>
    public bool Add(WebRtcLeg leg) => _byId.TryAdd(leg.LegId, leg);

    public void AddUserFragment(string userFragment, WebRtcLeg leg) => _byUserFragment[userFragment] = leg;

    public void RemoveUserFragment(string userFragment) => _byUserFragment.TryRemove(userFragment, out _);

    public WebRtcLeg? Find(string legId) => _byId.GetValueOrDefault(legId);

    public WebRtcLeg? FindByUserFragment(ReadOnlySpan<char> userFragment) =>
        _byFragmentChars.TryGetValue(userFragment, out WebRtcLeg? leg) ? leg : null;

    public WebRtcLeg? FindByAddress(SocketAddress address) => _byAddress.TryGetValue(address, out WebRtcLeg? leg) ? leg : null;

    /// <summary>The newest authenticated request decides whose an address is: browsers reuse ports.</summary>
    public void Learn(SocketAddress address, WebRtcLeg leg) => _byAddress[address] = leg;

    public void Forget(SocketAddress address, WebRtcLeg leg) => _byAddress.TryRemove(new(address, leg));

    public void Remove(WebRtcLeg leg)
    {
        if (_byId.TryRemove(new(leg.LegId, leg)))
        {
            Release();
        }
    }
}
