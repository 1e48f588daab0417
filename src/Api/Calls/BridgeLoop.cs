using VoiceOrdering.Media.Legs;
using VoiceOrdering.Realtime;
using VoiceOrdering.Sessions;

namespace VoiceOrdering.Api.Calls;

/// <summary>
/// Reads a bridge's mailbox and moves it through its life (<see cref="BridgeTransitions"/>). Everything that happens to a call happens
/// here, one thing after the other; nothing here waits for a grain or a socket.
/// </summary>
internal sealed class BridgeLoop
{
    private readonly CallContext _context;
    private readonly BridgeMailbox _mailbox;
    private readonly SessionLine _line;
    private readonly ProviderLink _link;
    private readonly Conversation _conversation;
    private readonly CallCounters _counters;
    private readonly BridgeLife _life;
    private readonly ProviderWatch _watch;
    private readonly ClosingWatch _closing;
    private readonly long _begunAt;
    private long _lastInputAt;

    public BridgeLoop(CallParts parts, BridgeLife life, ClosingWatch closing)
    {
        _context = parts.Context;
        _mailbox = parts.Mailbox;
        _line = parts.Line;
        _link = parts.Link;
        _conversation = parts.Conversation;
        _counters = parts.Counters;
        _life = life;
        _closing = closing;
        _watch = new ProviderWatch(_context);
        _begunAt = _lastInputAt = _context.Time.GetTimestamp();
    }

    /// <summary>Completes when the bridge has ended; throws never.</summary>
    public async Task RunAsync()
    {
        try
        {
            while (_life.State != BridgeState.Ended && await _mailbox.Reader.WaitToReadAsync())
            {
                while (_life.State != BridgeState.Ended && _mailbox.Reader.TryRead(out BridgeInput input))
                {
                    await HandleSafelyAsync(input);
                }
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            CallLog.LoopFailed(_context.Logger, exception);
            _life.Move(BridgeTrigger.Broken, "LOOP_FAILED");
        }
    }

    private async ValueTask HandleSafelyAsync(BridgeInput input)
    {
        try
        {
            await HandleAsync(input);
            if (input.Payload is not AudioDelta && _life.State != BridgeState.Ended)
            {
                await _conversation.Responses.FlushAsync();
                if (_closing.Check(_conversation) is { } stop)
                {
                    _life.Move(stop.Trigger, stop.Reason);
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
                _life.Move(BridgeTrigger.LegConnected, "LEG_CONNECTED");
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
        if (_life.State == BridgeState.Closing)
        {
            _life.Move(BridgeTrigger.CustomerGoesOn, "CUSTOMER_GOES_ON");
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
        if (_life.State == BridgeState.Live)
        {
            _line.Signal(SessionSignal.Connected, "PROVIDER_ROTATED");
        }
        else
        {
            _life.Move(BridgeTrigger.ProviderReady, "PROVIDER_READY");
        }
    }

    private void OnLinkGaveUp(LinkFailure failure)
    {
        if (failure.Code == RefusalCodes.BridgeFenced)
        {
            _life.Move(BridgeTrigger.Replaced, failure.Code);
        }
        else if (failure.Cause != LinkCause.Rotate)
        {
            _life.Move(BridgeTrigger.ProviderGaveUp, failure.Code);
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
        _life.Move(kind == ProviderErrorKind.Fatal ? BridgeTrigger.ProviderGaveUp : BridgeTrigger.ProviderLost, code);
        if (_life.State is not (BridgeState.Closing or BridgeState.Ended) && !_link.IsOpening)
        {
            _link.Open(LinkCause.Recover);
        }
    }

    private void OnLegLost(LegLossReason reason)
    {
        string code = CallEnd.CodeOf(reason);
        if (_life.State is BridgeState.Connecting or BridgeState.AwaitingLeg)
        {
            _context.Metrics.ConnectFailed(code);
        }

        _life.Move(reason == LegLossReason.CallerHungUp ? BridgeTrigger.HungUp : BridgeTrigger.LegLost, code);
    }

    private void OnToolAnswered(BridgeInput input)
    {
        bool isCurrent = _link.Session is not null && input.Generation == _link.Generation;
        if (_conversation.OnToolAnswered((ToolResult)input.Payload!, isCurrent))
        {
            _life.Move(BridgeTrigger.EndAsked, "END_CALL");
        }
    }

    private void OnStop(StopAsked stop)
    {
        // A restart lets the sentence being spoken end; everything else ends at once.
        if (stop.Trigger != BridgeTrigger.ServerStopping || !_closing.TryPostpone(stop))
        {
            _life.Move(stop.Trigger, stop.Reason);
        }
    }

    private void OnTick()
    {
        if (_mailbox.HasOverflowed)
        {
            _context.Metrics.LimitReached("mailbox");
            _life.Move(BridgeTrigger.Broken, "MAILBOX_FULL");
            return;
        }

        if (_life.State != BridgeState.Live || _link.Session is not { } session)
        {
            return;
        }

        if (_context.Leg is null && _conversation.IsQuiet && _context.Time.GetElapsedTime(_lastInputAt) >= _context.Settings.TextIdleTimeout)
        {
            _life.Move(BridgeTrigger.IdleTooLong, "TEXT_IDLE");
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
}
