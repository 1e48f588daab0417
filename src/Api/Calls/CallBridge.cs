using VoiceOrdering.Identity;
using VoiceOrdering.Media.Audio;
using VoiceOrdering.Media.Legs;
using VoiceOrdering.Sessions;

namespace VoiceOrdering.Api.Calls;

/// <summary>
/// One live call (or typed conversation): holds the customer's leg and the provider's session together. All state belongs to one loop
/// (<see cref="BridgeLoop"/>) that reads a mailbox; audio passes beside it (<see cref="BridgeAudio"/>). It cannot move to another process:
/// when it ends, the session stays with its grain and a new bridge takes it up. All members are thread-safe.
/// </summary>
internal sealed class CallBridge : IPlayoutListener
{
    private static readonly TimeSpan s_tickPeriod = TimeSpan.FromMilliseconds(250);

    private readonly CallContext _context;
    private readonly ModelBrief _firstBrief;
    private readonly CallParts _parts;
    private readonly BridgeLife _life;
    private readonly BridgeLoop _loop;
    private readonly TaskCompletionSource<CallEnd> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _begunAt;

    public CallBridge(CallContext context, ModelBrief brief)
    {
        _context = context;
        _firstBrief = brief;
        _begunAt = context.Time.GetTimestamp();
        var mailbox = BridgeMailbox.Open(context.Settings.MaxPendingEvents, context.Time);
        var line = new SessionLine(context, OnSignalRefused);
        var playout = new PlayoutBuffer(context.Leg?.Format ?? AudioFormat.Pcm24k, context.Settings.PlayoutLimit);
        playout.Listen(this);
        var audio = new BridgeAudio(playout);
        var conversation = new Conversation(context, mailbox, line, audio, playout, Counters);
        _parts = new CallParts(context, mailbox, line, new ProviderLink(context, mailbox, line), playout, audio, conversation, Counters);
        var closing = new ClosingWatch(context, playout);
        _life = new BridgeLife(_parts, new BridgeSignals(context, line, conversation, brief.Turns.Count > 0), closing);
        _loop = new BridgeLoop(_parts, _life, closing);
    }

    public SessionId Session => _context.Session;

    public string BridgeId => _context.BridgeId;

    /// <summary>The customer's media; null for a typed conversation.</summary>
    public ICallLeg? Leg => _context.Leg;

    /// <summary>Completes when everything of the call is closed.</summary>
    public Task<CallEnd> Completion => _completion.Task;

    /// <summary>What this bridge still knows is with the grain: a newer bridge may take the session over.</summary>
    public Task Released => _released.Task;

    public CallCounters Counters { get; } = new();

    /// <summary>Typed turns that wait for the provider.</summary>
    public int PendingTurns => _parts.Conversation.Responses.PendingTurns;

    /// <summary>Begins; to be called once, before the answer is given to the caller.</summary>
    public void Start()
    {
        if (Leg is { } leg)
        {
            leg.Connected += () => _parts.Mailbox.Tell(BridgeInputKind.LegConnected);
            leg.Lost += reason => _parts.Mailbox.Tell(BridgeInputKind.LegLost, reason);
            leg.Start(_parts.Audio);
        }

        _ = RunAsync();
    }

    /// <summary>Passes on a typed turn that is durable already; false when the bridge ended before it took it.</summary>
    public Task<bool> SayAsync(TypedTurn turn)
    {
        if (!_parts.Mailbox.Tell(BridgeInputKind.Typed, turn))
        {
            turn.Taken.TrySetResult(false);
        }

        return turn.Taken.Task;
    }

    /// <summary>Tells the model what happened outside the conversation.</summary>
    public void Inform(string fact) => _parts.Mailbox.Tell(BridgeInputKind.Fact, fact);

    /// <summary>Asks the bridge to end; <see cref="Completion"/> tells when it has.</summary>
    public void Stop(BridgeTrigger trigger, string reason) => _parts.Mailbox.Tell(BridgeInputKind.Stop, new StopAsked(trigger, reason));

    void IPlayoutListener.OnItemBegan(SpokenItem item) => _parts.Mailbox.Tell(BridgeInputKind.ItemBegan, item);

    void IPlayoutListener.OnItemPlayed(SpokenItem item) => _parts.Mailbox.Tell(BridgeInputKind.ItemPlayed, item);

    private void OnSignalRefused(string code)
    {
        if (code == RefusalCodes.BridgeFenced)
        {
            Stop(BridgeTrigger.Replaced, code);
        }
        else if (code is RefusalCodes.SessionEnded or RefusalCodes.SessionUnknown or RefusalCodes.SessionExpired)
        {
            Stop(BridgeTrigger.SessionOver, code);
        }
    }

    private async Task RunAsync()
    {
        using IDisposable? scope = _context.Logger.BeginScope(
            new Dictionary<string, object> { ["sessionId"] = _context.Session.Value, ["bridgeId"] = _context.BridgeId });
        CallLog.Began(_context.Logger, _context.LegKind);
        BridgeMailbox mailbox = _parts.Mailbox;
        _parts.Line.Start();
        _parts.Link.Open(LinkCause.Start, _firstBrief);
        using (_context.Time.CreateTimer(_ => mailbox.Tell(BridgeInputKind.Tick), null, s_tickPeriod, s_tickPeriod))
        {
            await _loop.RunAsync();
        }

        mailbox.Close();
        while (mailbox.Reader.TryRead(out BridgeInput late))
        {
            (late.Payload as TypedTurn)?.Taken.TrySetResult(false);
        }

        CallEnd end = _life.End ?? new CallEnd("failed", "LOOP_FAILED", CallFault.Service);
        var teardown = new CallTeardown(_parts);
        Task tornDown = teardown.RunAsync(end, _life.Finished);
        await Task.WhenAny(_parts.Line.CompleteAsync(), tornDown);
        _released.TrySetResult();
        await tornDown;
        CallLog.Ended(_context.Logger, end.Result, end.Reason, end.Fault, teardown.Describe(_context.Time.GetElapsedTime(_begunAt)));
        mailbox.Dispose();
        _completion.TrySetResult(end);
    }
}
