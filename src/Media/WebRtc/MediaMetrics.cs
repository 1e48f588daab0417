using System.Diagnostics.Metrics;

namespace VoiceOrdering.Media.WebRtc;

/// <summary>Why a datagram was thrown away before it reached a session's media.</summary>
internal enum DatagramDrop
{
    /// <summary>No session knows the sender.</summary>
    Stranger,

    /// <summary>STUN without a valid username or MESSAGE-INTEGRITY.</summary>
    StunRefused,

    /// <summary>First byte or length belongs to no protocol here.</summary>
    Malformed,

    /// <summary>Handling it threw.</summary>
    Failed,
}

/// <summary>The meter <c>VoiceOrdering.Media</c>. Counting on the media path is a plain increment; instruments read on collection.</summary>
internal sealed class MediaMetrics : IDisposable
{
    public const string MeterName = "VoiceOrdering.Media";

    private readonly Meter _meter = new(MeterName);
    private readonly long[] _drops = new long[Enum.GetValues<DatagramDrop>().Length];
    private readonly Counter<long> _attempted;
    private readonly Counter<long> _successful;
    private readonly Counter<long> _failed;
    private readonly Counter<long> _ended;
    private readonly Counter<long> _tickFailures;
    private readonly Histogram<double> _connectMs;
    private long _datagrams;

    public MediaMetrics(Func<int> sessions, Func<long> sendFailures)
    {
        _attempted = _meter.CreateCounter<long>("media_sessions_attempted", description: "Offers, by codec; refused ones have none.");
        _successful = _meter.CreateCounter<long>("media_sessions_connected", description: "Sessions that connected.");
        _failed = _meter.CreateCounter<long>("media_sessions_failed", description: "Offers refused and sessions that never connected, by reason.");
        _ended = _meter.CreateCounter<long>("media_sessions_ended", description: "Sessions ended, by reason.");
        _tickFailures = _meter.CreateCounter<long>("media_tick_failures", description: "Exceptions of the audio behind a leg.");
        _connectMs = _meter.CreateHistogram<double>("media_connect_duration", "ms", "From the answer to connected.");
        PacerLatenessMs = _meter.CreateHistogram<double>("media_pacer_lateness", "ms", "How late a pacer woke.");
        _meter.CreateObservableGauge("media_sessions_active", sessions, description: "Sessions that are not closed.");
        _meter.CreateObservableCounter("media_send_failures", sendFailures, description: "Datagrams the system did not take.");
        _meter.CreateObservableCounter("media_datagrams_received", () => Volatile.Read(ref _datagrams));
        _meter.CreateObservableCounter("media_datagrams_dropped", ReadDrops, description: "Datagrams thrown away, by reason.");
    }

    public Histogram<double> PacerLatenessMs { get; }

    public void Attempted(string codec) => _attempted.Add(1, new KeyValuePair<string, object?>("codec", codec));

    public void Failed(string reason) => _failed.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void Connected(double milliseconds)
    {
        _successful.Add(1);
        _connectMs.Record(milliseconds);
    }

    public void Ended(string reason) => _ended.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void TickFailed() => _tickFailures.Add(1);

    /// <summary>Called by the receive thread only.</summary>
    public void Datagram() => _datagrams++;

    /// <summary>Called by the receive thread only.</summary>
    public void Drop(DatagramDrop reason) => _drops[(int)reason]++;

    public long Dropped(DatagramDrop reason) => Volatile.Read(ref _drops[(int)reason]);

    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<long>> ReadDrops()
    {
        foreach (DatagramDrop reason in Enum.GetValues<DatagramDrop>())
        {
            yield return new Measurement<long>(Dropped(reason), new KeyValuePair<string, object?>("reason", reason.ToString()));
        }
    }
}
