using System.Net;
using Microsoft.Extensions.Logging;

namespace VoiceOrdering.Media.WebRtc;

/// <summary>Answers WebRTC offers: ICE-lite, DTLS-SRTP and audio for all sessions over one UDP port.</summary>
/// <remarks>All members are thread-safe. Counters are published by the meter <c>VoiceOrdering.Media</c>.</remarks>
public sealed class WebRtcServer : IAsyncDisposable
{
    /// <summary>Creates a server that does not listen yet.</summary>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    public WebRtcServer(WebRtcServerOptions options, TimeProvider time, ILogger<WebRtcServer> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Options = options;
        _ = time;
        _ = logger;
    }

    /// <summary>The settings.</summary>
    public WebRtcServerOptions Options { get; }

    /// <summary>False when libopus is absent: only PCMU and PCMA are negotiated.</summary>
    public bool IsOpusAvailable { get; private set; }

    /// <summary>The bound address and port; null before <see cref="StartAsync"/>.</summary>
    public IPEndPoint? LocalEndpoint { get; private set; }

    /// <summary>Sessions that are not closed.</summary>
    public int SessionCount { get; private set; }

    /// <summary>Binds the port, starts the threads and warms up with a handshake against itself, so that the first caller waits no longer than the others.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">No port of the range is free.</exception>
    public Task StartAsync(CancellationToken cancellationToken) => throw new NotSupportedException("Media plane under construction.");

    /// <summary>Answers an offer. Expected failures are outcomes, not exceptions.</summary>
    public Task<WebRtcAnswer> AnswerAsync(string offerSdp, WebRtcAnswerOptions options, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Media plane under construction.");

    /// <summary>ICE restart (RFC 8445 §2.4, RFC 8829 §5.3.1) of a live leg: new ICE credentials and addresses, same DTLS keys, no gap in the audio state.</summary>
    public Task<WebRtcAnswer> RestartAsync(string legId, string offerSdp, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Media plane under construction.");

    /// <summary>Hangs up every session and closes the port.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
