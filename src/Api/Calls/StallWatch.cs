namespace VoiceOrdering.Api.Calls;

/// <summary>What the watch says about a provider session.</summary>
internal enum StallVerdict
{
    /// <summary>It lives, or there is nothing to expect yet.</summary>
    Fine,

    /// <summary>Quiet for long: ask it for a sign of life.</summary>
    Probe,

    /// <summary>It owes something and has been silent for too long: treat it as lost.</summary>
    Stalled,
}

/// <summary>
/// Tells a provider that has fallen silent from one that has nothing to say. A provider that owes an answer must send something within
/// <see cref="CallSettings.ProviderStallTimeout"/>; one that owes nothing is asked for a sign of life now and then, because a customer
/// may be talking to a dead line. Loop only.
/// </summary>
internal sealed class StallWatch(CallSettings settings, TimeProvider time)
{
    private long _lastEventAt = time.GetTimestamp();
    private long? _dueSince;
    private long? _probedAt;

    /// <summary>Something came from the provider.</summary>
    public void OnEvent()
    {
        _lastEventAt = time.GetTimestamp();
        _dueSince = null;
        _probedAt = null;
    }

    /// <summary>A sign of life was asked for.</summary>
    public void OnProbed() => _probedAt = time.GetTimestamp();

    /// <summary>Judges; <paramref name="due"/> says whether the provider owes something.</summary>
    public StallVerdict Check(bool due)
    {
        if (!due && _probedAt is null)
        {
            _dueSince = null;
            return time.GetElapsedTime(_lastEventAt) >= settings.ProviderProbeAfter ? StallVerdict.Probe : StallVerdict.Fine;
        }

        _dueSince ??= _probedAt ?? time.GetTimestamp();
        return time.GetElapsedTime(_dueSince.Value) >= settings.ProviderStallTimeout ? StallVerdict.Stalled : StallVerdict.Fine;
    }
}
