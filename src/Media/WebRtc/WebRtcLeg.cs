using System.Net;
using Microsoft.Extensions.Logging;
using VoiceOrdering.Media.Audio;
using VoiceOrdering.Media.Dtls;
using VoiceOrdering.Media.Ice;
using VoiceOrdering.Media.Legs;
using VoiceOrdering.Media.Rtp;
using VoiceOrdering.Media.Srtp;
using VoiceOrdering.Media.Transport;

namespace VoiceOrdering.Media.WebRtc;

/// <summary>One browser session: its life from the answer to the end. The parts do the work; this decides when.</summary>
internal sealed class WebRtcLeg : ICallLeg
{
    private readonly MediaHost _host;
    private readonly Pacer _pacer;
    private readonly SecureTransport _transport;
    private readonly RtpReceiver _receiver;
    private readonly RtpSender _sender;
    private readonly RtcpReporter _reporter;
    private readonly LegPump _pump;
    private readonly SerialEvents _events;
    private readonly Lock _stateLock = new();
    private readonly long _answeredAt;
    private Task? _ending;
    private string? _endReason;
    private string? _srtpProfile;
    private long _connectedAt;
    private int _answerVersion = 1;
    private int _failuresLogged;

    public WebRtcLeg(MediaHost host, Pacer pacer, WebRtcLegPlan plan)
    {
        _host = host;
        _pacer = pacer;
        Plan = plan;
        Ice = new IceAgent(plan.Ice);
        _answeredAt = host.Time.GetTimestamp();
        _events = new SerialEvents(NoteFailure);
        _transport = new SecureTransport(host, Ice, plan.PeerFingerprint);
        _receiver = new RtpReceiver(plan.ReceiverSettings(host.Options), host.Time);
        _sender = new RtpSender(plan.SenderSettings(), _transport, host.Time);
        _reporter = new RtcpReporter(_receiver, _sender, host.Time);
        _pump = LegPump.Create(plan.Codec, host, new LegPumpEnds(_receiver, _sender, () => _reporter.RemoteLossFraction), NoteFailure);
    }

    public event Action? Connected;

    public event Action<LegLossReason>? Lost;

    public event Action<char>? DtmfReceived;

    public WebRtcLegPlan Plan { get; }

    public IceAgent Ice { get; }

    public string LegId => Plan.LegId;

    public AudioFormat Format => Plan.Codec.Format;

    public LegState State { get; private set; }

    /// <summary>Version of the newest answer; each restart makes the next.</summary>
    public int NextAnswerVersion() => Interlocked.Increment(ref _answerVersion);

    /// <summary>For benchmarks.</summary>
    internal void ObserveLatency(Action<long> onLatency) => _pump.OnLatency = onLatency;

    public void Start(ILegAudio audio)
    {
        ArgumentNullException.ThrowIfNull(audio);
        if (_pump.Audio is not null)
        {
            throw new InvalidOperationException("The leg has been started already.");
        }

        _pump.Audio = audio;
        _events.Open();
    }

    public LegStats GetStats()
    {
        CallerAudioReader reader = _pump.Reader;
        lock (_receiver.Lock)
        {
            return new LegStats
            {
                LegId = LegId,
                State = State,
                Codec = Plan.Codec.Name,
                EndReason = _endReason,
                ConnectMs = Elapsed(_answeredAt, _connectedAt),
                IceMs = Elapsed(_answeredAt, Ice.FirstRequestAt),
                DtlsMs = Elapsed(_transport.StartedAt, _connectedAt),
                SrtpProfile = _srtpProfile,
                PacketsReceived = _receiver.Packets,
                PacketsSent = _sender.Packets,
                PacketsLost = _receiver.Buffer.LostPackets,
                PacketsLate = _receiver.Buffer.LatePackets,
                PacketsDiscarded = _receiver.Discarded,
                JitterMs = _receiver.JitterMs,
                RoundTripMs = _reporter.RoundTripMs,
                RemoteLossFraction = _reporter.RemoteLossFraction,
                FramesDelivered = reader.Delivered,
                FramesConcealed = reader.Concealed,
                FramesRecovered = reader.Recovered,
                FramesSilent = reader.Silent,
                FramesPlayed = _pump.FramesPlayed,
                JitterBufferMs = _receiver.Buffer.BufferedMs,
                JitterTargetMs = _receiver.Buffer.TargetMs,
                IceRestarts = Ice.Restarts,
            };
        }
    }

    public Task HangUpAsync(LegEndReason reason) => EndAsync(reason.ToString(), null);

    public async ValueTask DisposeAsync() => await HangUpAsync(LegEndReason.Completed);

    /// <summary>Ends the leg because of the caller or the network; completes when all is released.</summary>
    internal Task LoseAsync(LegLossReason reason) => EndAsync(reason.ToString(), reason);

    /// <summary>An authentic STUN request; receive thread.</summary>
    internal void OnStun(in StunMessage request, IceGeneration generation, SocketAddress from, long now)
    {
        IceNews news = Ice.Note(generation, from, request.NominatesPair, now);
        if (news.Forgotten is not null)
        {
            _host.Table.Forget(news.Forgotten, this);
        }

        if (news.RetiredUserFragment is not null)
        {
            _host.Table.RemoveUserFragment(news.RetiredUserFragment);
        }

        if (news.Learned is not null)
        {
            _host.Table.Learn(news.Learned, this);
            if (State == LegState.Closed)
            {
                // The end has emptied the table already.
                _host.Table.Forget(news.Learned, this);
                return;
            }
        }

        Span<byte> response = stackalloc byte[StunMessage.MaxLength];
        int length = StunMessage.WriteSuccess(request.TransactionId, _host.Endpoint.ToEndPoint(from), generation.Local.PasswordBytes, response);
        _host.Endpoint.Send(response[..length], from);
    }

    /// <summary>A DTLS datagram; receive thread.</summary>
    internal void OnDtls(ReadOnlySpan<byte> datagram, long now)
    {
        DtlsProgress progress = _transport.Receive(datagram, now);
        if (progress.NewKeys is not null)
        {
            Connect(progress.NewKeys);
        }

        if (progress.State == DtlsState.Failed)
        {
            if (State != LegState.Closed)
            {
                _host.Log.LogWarning("DTLS failed on leg {LegId}: {Reason}", LegId, progress.FailureReason);
            }

            _ = LoseAsync(LegLossReason.HandshakeFailed);
        }
        else if (progress.State == DtlsState.Closed)
        {
            _ = LoseAsync(LegLossReason.CallerHungUp);
        }
    }

    /// <summary>An RTP datagram, decrypted in place; receive thread.</summary>
    internal void OnRtp(Span<byte> datagram, long now)
    {
        if (_receiver.Receive(datagram, now, _host.Time) is char key)
        {
            _events.TryPost(() => DtmfReceived?.Invoke(key));
        }
    }

    /// <summary>An RTCP datagram, decrypted in place; receive thread.</summary>
    internal void OnRtcp(Span<byte> datagram, long now) => _reporter.Receive(datagram, now);

    /// <summary>Retransmission, reports, time-outs; housekeeping thread. True while the handshake needs short intervals.</summary>
    internal bool OnHousekeeping(long now)
    {
        if (State == LegState.Connecting)
        {
            _transport.HandleTimeout();
            if (_host.Time.GetElapsedTime(_answeredAt, now) > _host.Options.ConnectTimeout)
            {
                _ = LoseAsync(LegLossReason.NeverConnected);
            }

            return true;
        }

        if (State == LegState.Connected)
        {
            _reporter.SendIfDue(now);
            if (LegTimeouts.Judge(_host, Ice.LastConsentAt, _connectedAt, _reporter.ByeAt, now) is { } reason)
            {
                _ = LoseAsync(reason);
            }
        }

        return false;
    }

    private void Connect(DtlsSrtpKeys keys)
    {
        lock (_stateLock)
        {
            if (State != LegState.Connecting)
            {
                return;
            }

            _srtpProfile = keys.Profile.OpenSslName;
            _receiver.Open(new SrtpReceiver(keys.CreateTransform(DtlsRole.Client)));
            _sender.Open(new SrtpSender(keys.CreateTransform(DtlsRole.Server)));
            _connectedAt = _host.Time.GetTimestamp();
            State = LegState.Connected;
            _pacer.Add(_pump);
        }

        _host.Metrics.Connected(Elapsed(_answeredAt, _connectedAt) ?? 0);
        _events.Post(() => Connected?.Invoke());
    }

    private Task EndAsync(string reason, LegLossReason? loss)
    {
        lock (_stateLock)
        {
            if (_ending is not null)
            {
                return _ending;
            }

            bool wasConnected = State == LegState.Connected;
            State = LegState.Closed;
            _endReason = reason;
            return _ending = ReleaseAsync(wasConnected, loss);
        }
    }

    // Out of the table first: nothing more is answered, which is how a browser without close_notify learns that the call is over.
    private async Task ReleaseAsync(bool wasConnected, LegLossReason? loss)
    {
        foreach (SocketAddress address in Ice.Addresses())
        {
            _host.Table.Forget(address, this);
        }

        foreach (string userFragment in Ice.UserFragments())
        {
            _host.Table.RemoveUserFragment(userFragment);
        }

        _host.Table.Remove(this);
        if (wasConnected)
        {
            await _pacer.RemoveAsync(_pump);
            _reporter.SendBye(_host.Time.GetTimestamp());
        }
        else if (loss is not null)
        {
            _host.Metrics.Failed(loss.Value.ToString());
        }

        _transport.Shutdown();
        _transport.Dispose();
        _receiver.Dispose();
        _sender.Dispose();
        _pump.Dispose();
        _host.Metrics.Ended(_endReason!);
        if (loss is { } reason)
        {
            _events.Post(() => Lost?.Invoke(reason));
        }
    }

    private void NoteFailure(Exception exception)
    {
        _host.Metrics.TickFailed();
        if (Interlocked.Exchange(ref _failuresLogged, 1) == 0)
        {
            _host.Log.LogError(exception, "The audio behind leg {LegId} threw; later failures of this leg are only counted", LegId);
        }
    }

    private double? Elapsed(long from, long to) => from == 0 || to == 0 ? null : _host.Time.GetElapsedTime(from, to).TotalMilliseconds;
}
