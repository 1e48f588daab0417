using Microsoft.Extensions.Logging;
using VoiceOrdering.Media.Dtls;
using VoiceOrdering.Media.Transport;

namespace VoiceOrdering.Media.WebRtc;

/// <summary>What the legs of a server share.</summary>
internal sealed record MediaHost(MediaFoundation Foundation, UdpEndpoint Endpoint)
{
    public WebRtcServerOptions Options => Foundation.Options;

    public TimeProvider Time => Foundation.Time;

    public ILogger Log => Foundation.Log;

    public DtlsContext Dtls => Foundation.Dtls;

    public SessionTable Table => Foundation.Table;

    public MediaMetrics Metrics => Foundation.Metrics;
}

/// <summary>What exists before the port is bound.</summary>
internal sealed record MediaFoundation(
    WebRtcServerOptions Options, TimeProvider Time, ILogger Log, DtlsContext Dtls, SessionTable Table, MediaMetrics Metrics);
