using Microsoft.Extensions.Logging.Abstractions;
using VoiceOrdering.Api.Calls;
using VoiceOrdering.Identity;
using VoiceOrdering.Media.Audio;
using VoiceOrdering.Realtime;
using VoiceOrdering.Sessions;
using VoiceOrdering.TestKit.Time;

namespace VoiceOrdering.Api.Tests.Calls.Fakes;

/// <summary>
/// One call on virtual time: the real bridge between a scripted leg and a scripted provider. Everything runs on the test's thread, so
/// a script has exactly one outcome, down to the millisecond.
/// </summary>
internal sealed class CallScript : IDisposable
{
    private readonly SingleThreadStage _stage = new();
    private readonly CallMetrics _metrics = new();
    private int _responses;

    public CallScript(CallSettings? settings = null, bool hasLeg = true, Action<LedgerGrain>? prepare = null)
    {
        Time = new ManualTimeProvider();
        Timeline = new Timeline(Time);
        Provider = new ScriptedProvider(Timeline);
        Grain = new LedgerGrain(Timeline);
        prepare?.Invoke(Grain);
        Leg = new ScriptedLeg(AudioFormat.Pcmu8k, Timeline);
        Context = new CallContext
        {
            Session = new SessionId("ses_1"),
            BridgeId = "brg_1",
            Caller = new Caller("user", new RestaurantId("demo-burger"), [Scopes.OrdersCreate]),
            Grain = Grain,
            Provider = Provider,
            Leg = hasLeg ? Leg : null,
            LegKind = hasLeg ? "webrtc" : "text",
            Settings = settings ?? new CallSettings(),
            Time = Time,
            Ids = new CountingIds(),
            Metrics = _metrics,
            Health = new ProviderHealth(Provider),
            Logger = NullLogger.Instance,
        };
        Bridge = new CallBridge(Context, Grain.Brief());
    }

    public ManualTimeProvider Time { get; }

    public Timeline Timeline { get; }

    public ScriptedProvider Provider { get; }

    public ScriptedSession Session => Provider.Last;

    public LedgerGrain Grain { get; }

    public ScriptedLeg Leg { get; }

    public CallContext Context { get; }

    public CallBridge Bridge { get; }

    /// <summary>How the call ended; fails while it lives.</summary>
    public CallEnd End
    {
        get
        {
            Bridge.Completion.IsCompletedSuccessfully.ShouldBeTrue($"The call has not ended:\n{Timeline}");
            return Bridge.Completion.Result;
        }
    }

    /// <summary>Starts the call: provider ready and leg connected; the greeting is asked for.</summary>
    public CallScript Begin()
    {
        Bridge.Start();
        Settle();
        if (Context.Leg is not null)
        {
            Leg.Connect();
        }

        Settle();
        return this;
    }

    /// <summary>Lets everything that is under way happen; no time passes.</summary>
    public void Settle() => _stage.RunUntilIdle();

    /// <summary>Lets time pass in steps of 20 ms, each with a frame of the caller and a frame of playout.</summary>
    public void Run(int ms)
    {
        for (int passed = 0; passed < ms; passed += AudioFormat.FrameMs)
        {
            Time.Advance(TimeSpan.FromMilliseconds(AudioFormat.FrameMs), Settle);
            Settle();
            Leg.Tick();
            Settle();
        }
    }

    public void Emit(params RealtimeEvent[] events)
    {
        Session.Emit(events);
        Settle();
    }

    /// <summary>The provider begins an answer; as ours when one was asked for.</summary>
    public string StartResponse()
    {
        string id = $"r{++_responses}";
        IReadOnlyDictionary<string, string> metadata = Session.LastResponse?.Metadata ?? new Dictionary<string, string>();
        Emit(new ResponseStarted(id, metadata));
        return id;
    }

    /// <summary>The provider says a sentence: words first, then all audio at once, much faster than it is played.</summary>
    public string Say(string text, int ms, string? responseId = null, ResponseStatus status = ResponseStatus.Completed)
    {
        string response = responseId ?? StartResponse();
        string item = $"{response}_i1";
        Emit([.. Words(response, item, text)]);
        Emit(new AudioDelta(response, item, 0, Audio(ms)), new AudioDone(response, item, 0), new AssistantTranscriptDone(response, item, text));
        Emit(new ResponseEnded(response, status, null, new RealtimeUsage { OutputAudioTokens = ms / 50 }, null));
        return item;
    }

    public static IEnumerable<RealtimeEvent> Words(string response, string item, string text) =>
        text.Split(' ').Select((word, index) => new AssistantTranscriptDelta(response, item, index == 0 ? word : " " + word));

    /// <summary>Audio without a silent byte, so that what was heard can be counted.</summary>
    public static byte[] Audio(int ms)
    {
        byte[] audio = new byte[ms * 8];
        Array.Fill(audio, (byte)0x2A);
        return audio;
    }

    /// <summary>The caller says something; the provider will answer by itself.</summary>
    public void CallerSays(string text, int ms = 1000, string item = "c1")
    {
        Emit(new SpeechStarted((int)(Session.AppendedBytes / 8), item));
        Run(ms);
        Emit(new SpeechStopped((int)(Session.AppendedBytes / 8), item), new InputCommitted(item, null));
        Emit(new CallerTranscriptDone(item, text, null));
    }

    public void Dispose()
    {
        _stage.Dispose();
        _metrics.Dispose();
    }
}
