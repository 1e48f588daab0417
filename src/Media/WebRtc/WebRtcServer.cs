using System.Net;
using Microsoft.Extensions.Logging;
using VoiceOrdering.Media.Audio;
using VoiceOrdering.Media.Dtls;
using VoiceOrdering.Media.Legs;
using VoiceOrdering.Media.Srtp;

namespace VoiceOrdering.Media.WebRtc;

/// <summary>Answers WebRTC offers: ICE-lite, DTLS-SRTP and audio for all sessions over one UDP port.</summary>
/// <remarks>
/// All members are thread-safe. Counters are published by the meter <c>VoiceOrdering.Media</c>. Threads: one that receives, one that keeps time,
/// and <see cref="WebRtcServerOptions.PacerCount"/> pacers.
/// </remarks>
public sealed class WebRtcServer : IAsyncDisposable
{
    private readonly TimeProvider _time;
    private readonly ILogger<WebRtcServer> _log;
    private readonly SessionTable _table;
    private readonly MediaMetrics _metrics;
    private readonly Lock _lifeLock = new();
    private WebRtcRuntime? _running;
    private volatile bool _isDisposed;

    /// <summary>Creates a server that does not listen yet.</summary>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    public WebRtcServer(WebRtcServerOptions options, TimeProvider time, ILogger<WebRtcServer> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Options = options;
        IsOpusAvailable = options.Codecs.HasFlag(AudioCodecs.Opus) && OpusEncoder.IsAvailable;
        _time = time;
        _log = logger;
        _table = new SessionTable(options.MaxSessions);
        _metrics = new MediaMetrics(() => _table.Count, () => _running?.Host.Endpoint.SendFailures ?? 0);
    }

    /// <summary>The settings.</summary>
    public WebRtcServerOptions Options { get; }

    /// <summary>False when libopus is absent or Opus is switched off: only PCMU and PCMA are negotiated.</summary>
    public bool IsOpusAvailable { get; }

    /// <summary>The bound address and port; null before <see cref="StartAsync"/>.</summary>
    public IPEndPoint? LocalEndpoint => _running?.Host.Endpoint.Local;

    /// <summary>Sessions that are not closed.</summary>
    public int SessionCount => _table.Count;

    /// <summary>The tables, for tests of leaks.</summary>
    internal SessionTable Table => _table;

    /// <summary>The counters, for tests.</summary>
    internal MediaMetrics Metrics => _metrics;

    /// <summary>
    /// Binds the port, starts the threads and warms up with a handshake against itself, so that the first caller waits no longer than the others.
    /// Takes some 100 ms.
    /// </summary>
    /// <exception cref="System.Net.Sockets.SocketException">No port of the range is free.</exception>
    /// <exception cref="PlatformNotSupportedException">OpenSSL 3 (libssl.so.3) is not installed.</exception>
    public Task StartAsync(CancellationToken cancellationToken) => Task.Run(Start, cancellationToken);

    /// <summary>Answers an offer. Expected failures are outcomes, not exceptions.</summary>
    /// <param name="offerSdp">The offer as text.</param>
    /// <param name="options">Choices for this answer.</param>
    /// <param name="cancellationToken">Observed before anything is reserved.</param>
    /// <exception cref="InvalidOperationException">Not started, or the leg id is in use.</exception>
    /// <exception cref="ArgumentException">The leg id has forbidden characters.</exception>
    public Task<WebRtcAnswer> AnswerAsync(string offerSdp, WebRtcAnswerOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(offerSdp);
        ArgumentNullException.ThrowIfNull(options);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Counted(new Negotiation(Require(), IsOpusAvailable).Answer(offerSdp, options)));
    }

    /// <summary>ICE restart (RFC 8445 §2.4) of a live leg: new ICE credentials and addresses, same DTLS keys, no gap in the audio.</summary>
    /// <param name="legId">The leg of an earlier answer.</param>
    /// <param name="offerSdp">The new offer; its certificate must be the old one.</param>
    /// <param name="cancellationToken">Observed before anything changes.</param>
    public Task<WebRtcAnswer> RestartAsync(string legId, string offerSdp, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(legId);
        ArgumentNullException.ThrowIfNull(offerSdp);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(new Negotiation(Require(), IsOpusAvailable).Restart(legId, offerSdp));
    }

    /// <summary>The leg with this id, or null when it has ended.</summary>
    public ICallLeg? FindLeg(string legId) => _table.Find(legId);

    /// <summary>Ends every session with <see cref="LegLossReason.ServerStopping"/> and closes the port.</summary>
    public async ValueTask DisposeAsync()
    {
        WebRtcRuntime? running;
        lock (_lifeLock)
        {
            if (_isDisposed)
            {
                // Stopped by its service, then disposed of with the container.
                return;
            }

            running = _running;
            _isDisposed = true;
        }

        if (running is not null)
        {
            running.Stop();
            await Task.WhenAll(_table.Legs.Select(l => l.LoseAsync(LegLossReason.ServerStopping)));
            running.Dispose();
        }

        _metrics.Dispose();
    }

    private void Start()
    {
        lock (_lifeLock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_running is not null)
            {
                throw new InvalidOperationException("The media server has been started already.");
            }

            DtlsContext dtls = CreateDtls();
            try
            {
                WarmUp.Run(dtls, IsOpusAvailable);
                _running = new WebRtcRuntime(new MediaFoundation(Options, _time, _log, dtls, _table, _metrics));
            }
            catch
            {
                dtls.Dispose();
                throw;
            }
        }

        if (!OpusEncoder.IsAvailable)
        {
            _log.LogWarning("libopus.so.0 is not installed: callers are offered PCMU and PCMA only");
        }

        _log.LogInformation("Media listens on UDP {Endpoint}", LocalEndpoint);
    }

    private DtlsContext CreateDtls()
    {
        try
        {
            return new DtlsContext(_time, SrtpProfile.OfferedNames);
        }
        catch (DllNotFoundException e)
        {
            throw new PlatformNotSupportedException("WebRTC needs OpenSSL 3 (libssl.so.3); install the package libssl3.", e);
        }
    }

    private WebRtcRuntime Require() => _running is { } running && !_isDisposed
        ? running
        : throw new InvalidOperationException("The media server does not run.");

    private WebRtcAnswer Counted(WebRtcAnswer answer)
    {
        string codec = answer is WebRtcAnswer.Accepted { Leg: WebRtcLeg leg } ? leg.Plan.Codec.Name : "";
        _metrics.Attempted(codec);
        if (answer is not WebRtcAnswer.Accepted)
        {
            _metrics.Failed(answer.Code);
        }

        return answer;
    }
}
