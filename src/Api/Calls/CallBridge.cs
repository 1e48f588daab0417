using VoiceOrdering.Identity;
using VoiceOrdering.Media.Audio;
using VoiceOrdering.Media.Legs;
using VoiceOrdering.Realtime;
using VoiceOrdering.Sessions;

namespace VoiceOrdering.Api.Calls;

/// <summary>
/// One live call (or typed conversation): holds the customer's leg and the provider's session together. All state belongs to one loop
/// that reads a mailbox; audio passes beside it (<see cref="BridgeAudio"/>). The bridge's life is the table
/// <see cref="BridgeTransitions"/>; what is said is the <see cref="Conversation"/>'s. It cannot move to another process: when it ends,
/// the session stays with its grain and a new bridge takes it up.
/// </summary>
internal sealed class CallBridge : IPlayoutListener
{
    private static readonly TimeSpan s_tickPeriod = TimeSpan.FromMilliseconds(250);

    private readonly CallContext _context;
    private readonly ModelBrief _firstBrief;
    private readonly BridgeMailbox _mailbox;
    private readonly SessionLine _line;
    private readonly ProviderLink _link;
    private readonly PlayoutBuffer _playout;
    private readonly BridgeAudio _audio;
    private readonly Conversation _conversation;
    private readonly BridgeSignals _signals;
    private readonly ProviderWatch _watch;
    private readonly ClosingWatch _closing;
    private readonly CallCounters _counters = new();
    private readonly TaskCompletionSource<CallEnd> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _begunAt;
    private BridgeState _state;
    private CallEnd? _end;
    private Task _finished = Task.CompletedTask;
    private long _lastInputAt;

    public CallBridge(CallContext context, ModelBrief brief)
    {
        _context = context;
        _firstBrief = brief;
        _begunAt = _lastInputAt = context.Time.GetTimestamp();
        _state = context.Leg is null ? BridgeState.AwaitingProvider : BridgeState.Connecting;
        _mailbox = BridgeMailbox.Open(context.Settings.MaxPendingEvents, context.Time);
        _line = new SessionLine(context, OnSignalRefused);
        _link = new ProviderLink(context, _mailbox, _line);
        _playout = new PlayoutBuffer(context.Leg?.Format ?? AudioFormat.Pcm24k, context.Settings.PlayoutLimit);
        _playout.Listen(this);
        _audio = new BridgeAudio(_playout);
        _conversation = new Conversation(context, _mailbox, _line, _audio, _playout, _counters);
        _signals = new BridgeSignals(context, _line, _conversation, brief.Turns.Count > 0);
        _watch = new ProviderWatch(context);
        _closing = new ClosingWatch(context, _playout);
    }

    public SessionId Session => _context.Session;

    public string BridgeId => _context.BridgeId;

    /// <summary>The customer's media; null for a typed conversation.</summary>
    public ICallLeg? Leg => _context.Leg;

    /// <summary>Completes when everything of the call is closed and its last notices were delivered.</summary>
    public Task<CallEnd> Completion => _completion.Task;

    public CallCounters Counters => _counters;

    /// <summary>Begins; to be called once, before the answer is given to the caller.</summary>
    public void Start()
    {
        if (Leg is { } leg)
        {
            leg.Connected += () => _mailbox.Tell(BridgeInputKind.LegConnected);
            leg.Lost += reason => _mailbox.Tell(BridgeInputKind.LegLost, reason);
            leg.Start(_audio);
        }

        _ = RunAsync();
    }

    /// <summary>What this bridge still knows is with the grain: a newer bridge may take the session over.</summary>
    public Task Released => _released.Task;

    /// <summary>Typed turns that wait for the provider.</summary>
    public int PendingTurns => _conversation.Responses.PendingTurns;

    /// <summary>Passes on a typed turn that is durable already; false when the bridge ended before it took it.</summary>
    public Task<bool> SayAsync(TypedTurn turn)
    {
        if (!_mailbox.Tell(BridgeInputKind.Typed, turn))
        {
            turn.Taken.TrySetResult(false);
        }

        return turn.Taken.Task;
    }

    /// <summary>Tells the model what happened outside the conversation.</summary>
    public void Inform(string fact) => _mailbox.Tell(BridgeInputKind.Fact, fact);

    /// <summary>Asks the bridge to end; <see cref="Completion"/> tells when it has.</summary>
    public void Stop(BridgeTrigger trigger, string reason) => _mailbox.Tell(BridgeInputKind.Stop, new StopAsked(trigger, reason));

    void IPlayoutListener.OnItemBegan(SpokenItem item) => _mailbox.Tell(BridgeInputKind.ItemBegan, item);

    void IPlayoutListener.OnItemPlayed(SpokenItem item) => _mailbox.Tell(BridgeInputKind.ItemPlayed, item);

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
        _line.Start();
        _link.Open(LinkCause.Start, _firstBrief);
        using (_context.Time.CreateTimer(_ => _mailbox.Tell(BridgeInputKind.Tick), null, s_tickPeriod, s_tickPeriod))
        {
            await ReadMailboxAsync();
        }

        _mailbox.Close();
        while (_mailbox.Reader.TryRead(out BridgeInput late))
        {
            (late.Payload as TypedTurn)?.Taken.TrySetResult(false);
        }

        CallEnd end = _end ?? new CallEnd("failed", "LOOP_FAILED", CallFault.Service);
        var teardown = new CallTeardown(_context, _line, _link);
        Task tornDown = teardown.RunAsync(end, _finished);
        await Task.WhenAny(_line.CompleteAsync(), tornDown);
        _released.TrySetResult();
        await tornDown;
        string stats = teardown.Describe(_context.Time.GetElapsedTime(_begunAt), _counters, _audio, _playout);
        CallLog.Ended(_context.Logger, end.Result, end.Reason, end.Fault, stats);
        _mailbox.Dispose();
        _completion.TrySetResult(end);
    }

    private async Task ReadMailboxAsync()
    {
        try
        {
            while (_state != BridgeState.Ended && await _mailbox.Reader.WaitToReadAsync())
            {
                while (_state != BridgeState.Ended && _mailbox.Reader.TryRead(out BridgeInput input))
                {
                    await HandleSafelyAsync(input);
                }
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            CallLog.LoopFailed(_context.Logger, exception);
            Move(BridgeTrigger.Broken, "LOOP_FAILED");
        }
    }

    private async ValueTask HandleSafelyAsync(BridgeInput input)
    {
        try
        {
            await HandleAsync(input);
            if (input.Payload is not AudioDelta && _state != BridgeState.Ended)
            {
                await _conversation.Responses.FlushAsync();
                if (_closing.Check(_conversation) is { } stop)
                {
                    Move(stop.Trigger, stop.Reason);
                }
            }
        }
        catch (RealtimeException exception)
        {
            // A verb could not be queued: the session is closed, or does not read any more.
            LoseProvider(exception.Code, exception.Kind == ProviderErrorKind.Fatal ? ProviderErrorKind.Fatal : ProviderErrorKind.Retriable);
        }
        finally
        {
            if (input.Kind == BridgeInputKind.ProviderEvent)
            {
                _mailbox.FreeEventRoom();
                _context.Metrics.Hopped(_context.Time.GetElapsedTime(input.Timestamp));
            }
        }
    }

    private ValueTask HandleAsync(BridgeInput input)
    {
        switch (input.Kind)
        {
            case BridgeInputKind.ProviderEvent:
                return OnProviderEventAsync(input);
            case BridgeInputKind.LinkOpened:
                return OnLinkOpenedAsync((OpenedLink)input.Payload!);
            case BridgeInputKind.LinkGaveUp:
                OnLinkGaveUp((LinkFailure)input.Payload!);
                break;
            case BridgeInputKind.LegConnected:
                _context.Metrics.Connected(_context.Time.GetElapsedTime(_begunAt, input.Timestamp));
                Move(BridgeTrigger.LegConnected, "LEG_CONNECTED");
                break;
            case BridgeInputKind.LegLost:
                OnLegLost((LegLossReason)input.Payload!);
                break;
            case BridgeInputKind.ItemBegan:
                _conversation.OnItemBegan((SpokenItem)input.Payload!, input.Timestamp);
                break;
            case BridgeInputKind.ItemPlayed:
                _conversation.OnItemPlayed((SpokenItem)input.Payload!);
                break;
            case BridgeInputKind.ToolAnswered:
                OnToolAnswered(input);
                break;
            case BridgeInputKind.Typed:
                OnCustomer(input);
                _conversation.Type((TypedTurn)input.Payload!);
                ((TypedTurn)input.Payload!).Taken.TrySetResult(true);
                break;
            case BridgeInputKind.Fact:
                _conversation.Tell((string)input.Payload!, AnswerWish.None);
                break;
            case BridgeInputKind.Stop:
                OnStop((StopAsked)input.Payload!);
                break;
            default:
                OnTick();
                break;
        }

        return ValueTask.CompletedTask;
    }

    private ValueTask OnProviderEventAsync(BridgeInput input)
    {
        if (input.Generation != _link.Generation || _link.Session is null)
        {
            _counters.StaleEvents++;
            return ValueTask.CompletedTask;
        }

        var providerEvent = (RealtimeEvent)input.Payload!;
        _watch.OnEvent(providerEvent);
        switch (providerEvent)
        {
            case SessionClosed closed:
                LoseProvider(closed.Expired ? "SESSION_EXPIRED" : $"CLOSED_{closed.CloseCode}", ProviderErrorKind.Retriable);
                return ValueTask.CompletedTask;
            case ProviderError { Kind: ProviderErrorKind.Fatal } fatal:
                LoseProvider(fatal.Code, ProviderErrorKind.Fatal);
                return ValueTask.CompletedTask;
            case SpeechStarted:
                OnCustomer(input);
                break;
            default:
                break;
        }

        return _conversation.HandleAsync(providerEvent, input);
    }

    // The customer speaks or types: a call that was about to end goes on.
    private void OnCustomer(BridgeInput input)
    {
        _lastInputAt = input.Timestamp;
        if (_state == BridgeState.Closing)
        {
            Move(BridgeTrigger.CustomerGoesOn, "CUSTOMER_GOES_ON");
        }
    }

    private async ValueTask OnLinkOpenedAsync(OpenedLink opened)
    {
        if (opened.Cause == LinkCause.Rotate && _link.Session is not null && !_conversation.IsQuiet)
        {
            // A turn began meanwhile: its words are not in the brief. The next boundary will do.
            _link.Reject(opened);
            _line.Signal(SessionSignal.Connected, "PROVIDER_KEPT");
            return;
        }

        _link.Adopt(opened);
        _watch.OnAdopted();
        _counters.ProviderSessions++;
        await _conversation.AdoptAsync(opened);
        if (_state == BridgeState.Live)
        {
            _line.Signal(SessionSignal.Connected, "PROVIDER_ROTATED");
        }
        else
        {
            Move(BridgeTrigger.ProviderReady, "PROVIDER_READY");
        }
    }

    private void OnLinkGaveUp(LinkFailure failure)
    {
        if (failure.Code == RefusalCodes.BridgeFenced)
        {
            Move(BridgeTrigger.Replaced, failure.Code);
        }
        else if (failure.Cause != LinkCause.Rotate)
        {
            Move(BridgeTrigger.ProviderGaveUp, failure.Code);
        }
        else if (_link.Session is null)
        {
            _link.Open(LinkCause.Recover);
        }
        else
        {
            _line.Signal(SessionSignal.Connected, "PROVIDER_KEPT");
        }
    }

    private void LoseProvider(string code, ProviderErrorKind kind)
    {
        if (_link.Session is null)
        {
            return;
        }

        CallLog.ProviderLost(_context.Logger, code);
        _counters.ProviderLosses++;
        _context.Health.Failed(kind, code);
        _context.Metrics.VoiceError("PROVIDER_LOST");
        _link.Drop();
        _conversation.Lose();
        Move(kind == ProviderErrorKind.Fatal ? BridgeTrigger.ProviderGaveUp : BridgeTrigger.ProviderLost, code);
        if (_state is not (BridgeState.Closing or BridgeState.Ended) && !_link.IsOpening)
        {
            _link.Open(LinkCause.Recover);
        }
    }

    private void OnLegLost(LegLossReason reason)
    {
        string code = reason switch
        {
            LegLossReason.CallerHungUp => "CALLER_HUNG_UP",
            LegLossReason.Silent => "LEG_SILENT",
            LegLossReason.NeverConnected => "LEG_NEVER_CONNECTED",
            LegLossReason.HandshakeFailed => "LEG_HANDSHAKE_FAILED",
            _ => "SERVER_STOPPING",
        };
        if (_state is BridgeState.Connecting or BridgeState.AwaitingLeg)
        {
            _context.Metrics.ConnectFailed(code);
        }

        Move(reason == LegLossReason.CallerHungUp ? BridgeTrigger.HungUp : BridgeTrigger.LegLost, code);
    }

    private void OnToolAnswered(BridgeInput input)
    {
        bool isCurrent = _link.Session is not null && input.Generation == _link.Generation;
        if (_conversation.OnToolAnswered((ToolResult)input.Payload!, isCurrent))
        {
            Move(BridgeTrigger.EndAsked, "END_CALL");
        }
    }

    private void OnStop(StopAsked stop)
    {
        // A restart lets the sentence being spoken end; everything else ends at once.
        if (stop.Trigger != BridgeTrigger.ServerStopping || !_closing.TryPostpone(stop))
        {
            Move(stop.Trigger, stop.Reason);
        }
    }

    private void OnTick()
    {
        if (_mailbox.HasOverflowed)
        {
            _context.Metrics.LimitReached("mailbox");
            Move(BridgeTrigger.Broken, "MAILBOX_FULL");
            return;
        }

        if (_state != BridgeState.Live || _link.Session is not { } session)
        {
            return;
        }

        if (Leg is null && _conversation.IsQuiet && _context.Time.GetElapsedTime(_lastInputAt) >= _context.Settings.TextIdleTimeout)
        {
            Move(BridgeTrigger.IdleTooLong, "TEXT_IDLE");
            return;
        }

        switch (_watch.Check(session, _conversation))
        {
            case WatchVerdict.Stalled:
                LoseProvider("PROVIDER_STALLED", ProviderErrorKind.Retriable);
                break;
            case WatchVerdict.Rotate when !_link.IsOpening:
                _link.Open(LinkCause.Rotate);
                break;
            default:
                break;
        }
    }

    private void Move(BridgeTrigger trigger, string reason)
    {
        BridgeState from = _state;
        if (BridgeTransitions.Find(from, trigger) is not { } move)
        {
            _counters.RejectedMoves++;
            _context.Metrics.MoveRejected();
            CallLog.MoveRejected(_context.Logger, from, trigger);
            return;
        }

        CallLog.Moved(_context.Logger, from, trigger, move.To);
        _state = move.To;
        _closing.OnState(move.To);
        if (move.To == BridgeState.Ended)
        {
            // What was heard is recorded before the grain learns that the call is over.
            _end = CallEnd.Judge(from, trigger, reason);
            _finished = _conversation.FinishAsync();
        }

        _signals.Apply(move.Effects, reason);
    }
}
