using Microsoft.Extensions.Logging;
using VoiceOrdering.Media.Dtls;
using VoiceOrdering.Media.Transport;

namespace VoiceOrdering.Media.WebRtc;

/// <summary>What the legs of a server share.</summary>
internal sealed record MediaHost(
    WebRtcServerOptions Options, TimeProvider Time, ILogger Log, UdpEndpoint Endpoint, DtlsContext Dtls, SessionTable Table, MediaMetrics Metrics);
