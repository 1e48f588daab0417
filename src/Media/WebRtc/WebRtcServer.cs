using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using VoiceOrdering.Media.Audio;
using VoiceOrdering.Media.Dtls;
using VoiceOrdering.Media.Ice;
using VoiceOrdering.Media.Legs;
using VoiceOrdering.Media.Srtp;
using VoiceOrdering.Media.Transport;

namespace VoiceOrdering.Media.WebRtc;

/// <summary>Answers WebRTC offers: ICE-lite, DTLS-SRTP and audio for all sessions over one UDP port.</summary>
/// <remarks>
/// All members are thread-safe. Counters are published by the meter <c>VoiceOrdering.Media</c>. Threads: one that receives, one that keeps time,
/// and <see cref="WebRtcServerOptions.PacerCount"/> pacers.
/// </remarks>
public sealed class WebRtcServer : IAsyncDisposable
{
    private const int MaxLegIdChars = 64;
    private readonly TimeProvider _time;
    private readonly ILogger<WebRtcServer> _log;
    private readonly SessionTable _table;
    private readonly MediaMetrics _metrics;
    private readonly Lock _lifeLock = new();
    private Running? _running;
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
        return Task.FromResult(Counted(Answer(Require(), offerSdp, options)));
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
        return Task.FromResult(Restart(Require(), legId, offerSdp));
    }

    /// <summary>The leg with this id, or null when it has ended.</summary>
    public ICallLeg? FindLeg(string legId) => _table.Find(legId);

    /// <summary>Ends every session with <see cref="LegLossReason.ServerStopping"/> and closes the port.</summary>
    public async ValueTask DisposeAsync()
    {
        Running? running;
        lock (_lifeLock)
        {
            running = _running;
            _isDisposed = true;
        }

        if (running is not null)
        {
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
                _running = new Running(this, dtls);
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

    private Running Require() => _running is { } running && !_isDisposed
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

    private WebRtcAnswer Answer(Running running, string offerSdp, WebRtcAnswerOptions options)
    {
        string legId = options.LegId ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        if (legId.Length is 0 or > MaxLegIdChars || !legId.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
        {
            throw new ArgumentException("A leg id has 1 to 64 characters of [A-Za-z0-9_-].", nameof(options));
        }

        if (ParseOffer(offerSdp, out string reason) is not { } offer)
        {
            return new WebRtcAnswer.SdpInvalid(reason);
        }

        if (NegotiatedCodec.Choose(offer.Audio, Allowed(options.Codecs)) is not { } codec)
        {
            return new WebRtcAnswer.NoCommonCodec();
        }

        if (!_table.TryReserve())
        {
            return new WebRtcAnswer.AtCapacity(Options.MaxSessions);
        }

        return Admit(running, offer, codec, legId);
    }

    private WebRtcAnswer.Accepted Admit(Running running, SdpOffer offer, NegotiatedCodec codec, string legId)
    {
        try
        {
            IceCredentials local = IceCredentials.Create();
            WebRtcLegPlan plan = new()
            {
                LegId = legId,
                Codec = codec,
                Ice = new IceGeneration(local, offer.Remote),
                PeerFingerprint = offer.Fingerprint,
                Ssrc = (uint)RandomNumberGenerator.GetInt32(1, int.MaxValue),
                CanonicalName = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)),
            };
            WebRtcLeg leg = new(running.Host, running.LeastLoaded(), plan);
            if (!_table.Add(leg))
            {
                throw new InvalidOperationException($"There is a live leg with the id {legId} already.");
            }

            // In the table before the answer leaves: the browser's first check may overtake it.
            _table.AddUserFragment(local.UserFragment, leg);
            running.Housekeeping.Wake();
            if (_isDisposed)
            {
                // The server stopped meanwhile and may have missed this leg.
                _ = leg.LoseAsync(LegLossReason.ServerStopping);
            }

            return new WebRtcAnswer.Accepted(Write(running, offer, plan, local, 1), leg);
        }
        catch
        {
            _table.Release();
            throw;
        }
    }

    private WebRtcAnswer Restart(Running running, string legId, string offerSdp)
    {
        if (_table.Find(legId) is not { } leg)
        {
            return new WebRtcAnswer.LegUnknown();
        }

        if (ParseOffer(offerSdp, out string reason) is not { } offer)
        {
            return new WebRtcAnswer.SdpInvalid(reason);
        }

        if (!offer.Fingerprint.Matches(leg.Plan.PeerFingerprint))
        {
            return new WebRtcAnswer.SdpInvalid("the certificate is another one; start a new call.");
        }

        NegotiatedCodec? codec = NegotiatedCodec.Choose(offer.Audio, leg.Plan.Codec.Codec);
        if (codec is null || codec.PayloadType != leg.Plan.Codec.PayloadType)
        {
            return new WebRtcAnswer.NoCommonCodec();
        }

        IceCredentials local = IceCredentials.Create();
        _table.AddUserFragment(local.UserFragment, leg);
        string? abandoned = leg.Ice.Restart(new IceGeneration(local, offer.Remote));
        if (abandoned is not null)
        {
            _table.RemoveUserFragment(abandoned);
        }

        if (leg.State == LegState.Closed)
        {
            _table.RemoveUserFragment(local.UserFragment);
            return new WebRtcAnswer.LegUnknown();
        }

        return new WebRtcAnswer.Accepted(Write(running, offer, leg.Plan, local, leg.NextAnswerVersion()), leg);
    }

    private SdpOffer? ParseOffer(string offerSdp, out string reason)
    {
        if (offerSdp.Length > Options.MaxOfferChars)
        {
            reason = $"it is longer than {Options.MaxOfferChars} characters.";
            return null;
        }

        return SdpOffer.Parse(offerSdp, out reason);
    }

    private AudioCodecs Allowed(AudioCodecs wanted) => wanted & (IsOpusAvailable ? Options.Codecs : Options.Codecs & ~AudioCodecs.Opus);

    private static string Write(Running running, SdpOffer offer, WebRtcLegPlan plan, IceCredentials local, int version) => new SdpAnswer
    {
        Offer = offer,
        Codec = plan.Codec,
        Local = local,
        Fingerprint = running.Host.Dtls.Fingerprint,
        Candidates = running.Candidates,
        Ssrc = plan.Ssrc,
        CanonicalName = plan.CanonicalName,
        Version = version,
    }.ToString();

    /// <summary>What exists between start and disposal.</summary>
    private sealed class Running : IDisposable
    {
        private readonly Pacer[] _pacers;
        private readonly DatagramLoop _receiving;

        public Running(WebRtcServer server, DtlsContext dtls)
        {
            WebRtcServerOptions options = server.Options;
            UdpEndpoint endpoint = UdpEndpoint.Bind(options.BindAddress, options.PortFirst, options.PortLast, options.SocketBufferBytes);
            Host = new MediaHost(options, server._time, server._log, endpoint, dtls, server._table, server._metrics);
            Candidates = endpoint.Candidates(options.AdvertisedAddresses);
            PacerCounters counters = new(server._metrics.PacerLatenessMs, server._time.TimestampFrequency);
            _pacers = [.. Enumerable.Range(0, options.PacerCount).Select(i => new Pacer(server._time, counters, i))];
            Housekeeping = new Housekeeping(Host);
            _receiving = new DatagramLoop(Host);
        }

        public MediaHost Host { get; }

        public Housekeeping Housekeeping { get; }

        public IReadOnlyList<IPEndPoint> Candidates { get; }

        public Pacer LeastLoaded() => _pacers.MinBy(p => p.Count)!;

        public void Dispose()
        {
            Housekeeping.Dispose();
            Host.Endpoint.Dispose();
            _receiving.Dispose();
            foreach (Pacer pacer in _pacers)
            {
                pacer.Dispose();
            }

            Host.Dtls.Dispose();
        }
    }
}
