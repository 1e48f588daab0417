using System.Diagnostics.Metrics;

namespace VoiceOrdering.Realtime.OpenAi;

/// <summary>Counters of all sessions of the process; per session see <see cref="RealtimeSessionStats"/>.</summary>
internal static class RealtimeMetrics
{
    public const string MeterName = "VoiceOrdering.Realtime";

    private static readonly Meter s_meter = new(MeterName);

    public static readonly UpDownCounter<long> SessionsOpen =
        s_meter.CreateUpDownCounter<long>("realtime_sessions_open", description: "Sessions open now.");

    public static readonly Counter<long> ConnectFailures =
        s_meter.CreateCounter<long>("realtime_connect_failures_total", description: "Connects that failed, by code.");

    public static readonly Histogram<double> ConnectDuration =
        s_meter.CreateHistogram<double>("realtime_connect_duration_ms", "ms", "Time to an open and configured session.");

    public static readonly Counter<long> AudioFramesDropped =
        s_meter.CreateCounter<long>("realtime_audio_frames_dropped_total", description: "Caller frames not sent: queue full or closed.");

    public static readonly Counter<long> VerbsRefused =
        s_meter.CreateCounter<long>("realtime_verbs_refused_total", description: "Verbs refused: queue full.");

    public static readonly Counter<long> UnknownEvents =
        s_meter.CreateCounter<long>("realtime_unknown_events_total", description: "Events of an unknown or malformed kind, ignored.");

    public static readonly Counter<long> ProviderErrors =
        s_meter.CreateCounter<long>("realtime_provider_errors_total", description: "Errors of the provider, by kind and code.");

    public static readonly Counter<long> SessionsClosed =
        s_meter.CreateCounter<long>("realtime_sessions_closed_total", description: "Sessions over, by reason.");
}
