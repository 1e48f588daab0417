using System.Collections.Concurrent;
using VoiceOrdering.Api.Hosting;
using VoiceOrdering.Identity;

namespace VoiceOrdering.Api.Carts;

/// <summary>
/// Keys whose first request this process is still working on, so that a second one is told to come back instead of queueing behind it. Only a courtesy:
/// exactly one order is the cart grain's and the database's doing, also over several processes.
/// </summary>
internal sealed class SubmissionsInFlight(ApiLimits limits)
{
    private readonly ConcurrentDictionary<(RestaurantId Restaurant, string Key), string> _fingerprints = new();

    /// <summary>Marks the key as being worked on. When it is already, tells whether that is with the same payload.</summary>
    public InFlightState TryBegin(RestaurantId restaurant, string key, string fingerprint)
    {
        if (_fingerprints.Count >= limits.SubmissionsInFlight)
        {
            return InFlightState.Full;
        }

        var first = _fingerprints.GetOrAdd((restaurant, key), fingerprint);
        return ReferenceEquals(first, fingerprint) ? InFlightState.Begun : first == fingerprint ? InFlightState.Same : InFlightState.Other;
    }

    /// <summary>The request that began is done.</summary>
    public void End(RestaurantId restaurant, string key) => _fingerprints.TryRemove((restaurant, key), out _);
}

/// <summary>What is known of a key.</summary>
internal enum InFlightState
{
    /// <summary>This request is the first.</summary>
    Begun,

    /// <summary>A first request with the same payload is being worked on.</summary>
    Same,

    /// <summary>A first request with another payload is being worked on.</summary>
    Other,

    /// <summary>Too many submissions at one time.</summary>
    Full,
}
