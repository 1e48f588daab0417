using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using VoiceOrdering.Api.Calls;
using VoiceOrdering.Identity;
using VoiceOrdering.Media.Audio;
using VoiceOrdering.Media.WebRtc;
using VoiceOrdering.Realtime.OpenAi;
using VoiceOrdering.Realtime.Simulator;
using VoiceOrdering.Realtime.Simulator.Faults;
using VoiceOrdering.TestKit.Media;

namespace VoiceOrdering.Api.Tests.Calls.Fakes;

/// <summary>
/// One call over real sockets: a synthetic caller (ICE, DTLS, SRTP) at a real media plane, the real bridge, the real adapter, and the
/// simulator with its echo brain, whose voice is a tone. Only the session grain is in memory.
/// </summary>
internal sealed class CallRig : IAsyncDisposable
{
    private readonly RealtimeSimulator _simulator;
    private readonly WebRtcServer _server;
    private readonly CallMetrics _metrics = new();
    private readonly Lock _gate = new();
    private long _framesHeard;
    private readonly List<int> _stretches = [];
    private int _stretchMs;
    private int _silentFrames;
    private (int Ms, TaskCompletionSource Reached)? _awaited;

    private CallRig(RealtimeSimulator simulator, WebRtcServer server)
    {
        _simulator = simulator;
        _server = server;
        Timeline = new Timeline(TimeProvider.System);
        Grain = new LedgerGrain(Timeline);
        Caller = new SyntheticCaller(new SyntheticCallerOptions());
        Caller.PayloadReceived += (payload, _, _) => OnPayload(payload);
    }

    public Timeline Timeline { get; }

    public LedgerGrain Grain { get; }

    public SyntheticCaller Caller { get; }

    public CallerVoice Voice { get; private set; } = null!;

    public CallBridge Bridge { get; private set; } = null!;

    public SimulatorControl Simulator => _simulator.Control;

    /// <summary>Milliseconds of the assistant's voice that reached the caller; silence does not count.</summary>
    public int HeardMs => (int)Interlocked.Read(ref _framesHeard) * AudioFormat.FrameMs;

    /// <summary>Lengths of what the caller heard between pauses of 200 ms or more, in order; the one being heard is not in it.</summary>
    public IReadOnlyList<int> StretchesMs
    {
        get
        {
            lock (_gate)
            {
                return [.. _stretches];
            }
        }
    }

    /// <summary>Waits until the caller has heard so many milliseconds.</summary>
    public async Task HearAsync(int ms)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (HeardMs >= ms)
            {
                return;
            }

            _awaited = (ms, reached);
        }

        await reached.Task.WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System);
    }

    public static async Task<CallRig> ConnectAsync(SimulatorFaults? faults = null, CallSettings? settings = null)
    {
        RealtimeSimulator simulator = await RealtimeSimulator.StartAsync();
        simulator.Control.Faults = faults ?? SimulatorFaults.None;
        var server = new WebRtcServer(new WebRtcServerOptions { PortFirst = 0, PortLast = 0 }, TimeProvider.System, NullLogger<WebRtcServer>.Instance);
        await server.StartAsync(CancellationToken.None);
        var rig = new CallRig(simulator, server);
        await rig.ConnectAsync(settings ?? new CallSettings());
        return rig;
    }

    /// <summary>The customer types; the echo brain obeys (<c>say N</c>, <c>call NAME {}</c>).</summary>
    public async Task TypeAsync(string itemId, string text) => (await Bridge.SayAsync(new TypedTurn(itemId, text))).ShouldBeTrue();

    /// <summary>The customer makes a loud tone of this length, then is silent long enough for the turn to end.</summary>
    public Task SpeakAsync(int ms)
    {
        short[] samples = new short[(ms + 900) * 24];
        for (int i = 0; i < ms * 24; i++)
        {
            samples[i] = (short)(9000 * Math.Sin(2 * Math.PI * 300 * i / 24_000));
        }

        return Voice.SayAsync(samples, null, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        Bridge?.Stop(BridgeTrigger.Replaced, "TEST_OVER");
        if (Bridge is not null)
        {
            await Bridge.Completion.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
        }

        Voice?.Dispose();
        await Caller.DisposeAsync();
        await _server.DisposeAsync();
        await _simulator.DisposeAsync();
        _metrics.Dispose();
    }

    private async Task ConnectAsync(CallSettings settings)
    {
        var provider = new OpenAiRealtimeProvider(
            Options.Create(new OpenAiRealtimeOptions { Endpoint = _simulator.Endpoint, ApiKey = "sk-test" }), TimeProvider.System);
        WebRtcAnswer answer = await _server.AnswerAsync(Caller.CreateOffer(), new WebRtcAnswerOptions(), CancellationToken.None);
        var accepted = answer.ShouldBeOfType<WebRtcAnswer.Accepted>();
        var caller = new Caller("user", new RestaurantId("demo-burger"), [Scopes.OrdersCreate]);
        var context = new CallContext
        {
            Session = new SessionId("ses_1"),
            BridgeId = "brg_1",
            Caller = caller,
            Grain = Grain,
            Provider = provider,
            Leg = accepted.Leg,
            LegKind = "webrtc",
            Settings = settings,
            Time = TimeProvider.System,
            Ids = new CountingIds(),
            Metrics = _metrics,
            Health = new ProviderHealth(provider),
            Logger = NullLogger.Instance,
        };
        Bridge = new CallBridge(context, Grain.Brief());
        Bridge.Start();
        await Caller.ConnectAsync(accepted.AnswerSdp, CancellationToken.None);
        Voice = new CallerVoice(Caller);
        await Timeline.WaitForAsync("signal Connected");
        await Timeline.WaitForAsync("publish usage");
    }

    private void OnPayload(ReadOnlySpan<byte> payload)
    {
        lock (_gate)
        {
            // Silence is 0xFF from the first byte to the last; a tone never is.
            if (payload.ContainsAnyExcept(G711.MuLawSilence))
            {
                Interlocked.Increment(ref _framesHeard);
                _stretchMs += AudioFormat.FrameMs;
                _silentFrames = 0;
                if (_awaited is { } awaited && HeardMs >= awaited.Ms)
                {
                    awaited.Reached.TrySetResult();
                }
            }
            else if (_stretchMs > 0 && ++_silentFrames == 10)
            {
                _stretches.Add(_stretchMs);
                _stretchMs = 0;
            }
        }
    }
}
