using VoiceOrdering.Realtime;
using VoiceOrdering.Sessions;

namespace VoiceOrdering.Api.Calls;

/// <summary>Why a provider session is opened.</summary>
internal enum LinkCause
{
    /// <summary>The call begins.</summary>
    Start,

    /// <summary>The session before was lost.</summary>
    Recover,

    /// <summary>The session before nears the provider's cap.</summary>
    Rotate,
}

/// <summary>A provider session is open and configured.</summary>
internal sealed record OpenedLink(IRealtimeSession Session, int Generation, LinkCause Cause, ModelBrief Brief);

/// <summary>No provider session could be opened.</summary>
internal sealed record LinkFailure(LinkCause Cause, ProviderErrorKind Kind, string Code);

/// <summary>
/// The call's way to the model: opens provider sessions (time-out, back-off, a fresh brief each time) and passes their events to the
/// loop, each with the generation of its session, so that a session that was replaced cannot disturb the one in force.
/// Opening runs beside the loop; everything else is loop only.
/// </summary>
internal sealed class ProviderLink(CallContext context, BridgeMailbox mailbox, SessionLine line)
{
    private int _generation;
    private int _shortLives;
    private int _losses;
    private long _adoptedAt;
    private Task _opening = Task.CompletedTask;
    private List<Task> _leftovers = [];
    private IRealtimeSession? _unadopted;

    /// <summary>The session in force; null while there is none.</summary>
    public IRealtimeSession? Session { get; private set; }

    /// <summary>Generation of the session in force, or of the last one.</summary>
    public int Generation { get; private set; }

    /// <summary>A session is being opened.</summary>
    public bool IsOpening => !_opening.IsCompleted;

    /// <summary>Starts opening a session; ends in <see cref="BridgeInputKind.LinkOpened"/> or <see cref="BridgeInputKind.LinkGaveUp"/>.</summary>
    public void Open(LinkCause cause, ModelBrief? brief = null)
    {
        if (_losses > context.Settings.ProviderLossLimit || _shortLives > context.Settings.ProviderBackOff.Count)
        {
            context.Metrics.LimitReached("provider_losses");
            mailbox.Tell(BridgeInputKind.LinkGaveUp, new LinkFailure(cause, ProviderErrorKind.Retriable, "PROVIDER_LOSSES_EXHAUSTED"));
            return;
        }

        _opening = OpenAsync(cause, brief, ++_generation);
    }

    /// <summary>Makes an opened session the one in force and closes the one before.</summary>
    public void Adopt(OpenedLink opened)
    {
        if (Session is { } before)
        {
            LeaveBehind(before);
        }

        Interlocked.CompareExchange(ref _unadopted, null, opened.Session);
        Session = opened.Session;
        Generation = opened.Generation;
        _adoptedAt = context.Time.GetTimestamp();
    }

    /// <summary>Closes an opened session that is not wanted any more.</summary>
    public void Reject(OpenedLink opened)
    {
        Interlocked.CompareExchange(ref _unadopted, null, opened.Session);
        LeaveBehind(opened.Session);
    }

    /// <summary>The session in force is lost: nothing more is sent to it.</summary>
    public void Drop()
    {
        if (Session is { } session)
        {
            _losses++;
            _shortLives = context.Time.GetElapsedTime(_adoptedAt) < context.Settings.ProviderShortLife ? _shortLives + 1 : 0;
            LeaveBehind(session);
            Session = null;
        }
    }

    /// <summary>Closes everything, after the mailbox; completes when the last session is closed.</summary>
    public async Task CloseAsync()
    {
        if (Session is { } session)
        {
            Session = null;
            LeaveBehind(session);
        }

        await _opening;
        if (Interlocked.Exchange(ref _unadopted, null) is { } unadopted)
        {
            LeaveBehind(unadopted);
        }

        await Task.WhenAll(_leftovers);
    }

    private void LeaveBehind(IRealtimeSession session)
    {
        _leftovers = [.. _leftovers.Where(task => !task.IsCompleted), CloseAsync(session)];
    }

    private static async Task CloseAsync(IRealtimeSession session)
    {
        try
        {
            await session.CloseAsync();
        }
        catch (RealtimeException)
        {
            // It is gone already; there is nobody left to tell.
        }
        finally
        {
            await session.DisposeAsync();
        }
    }

    private async Task OpenAsync(LinkCause cause, ModelBrief? brief, int generation)
    {
        long begunAt = context.Time.GetTimestamp();
        IReadOnlyList<TimeSpan> waits = context.Settings.ProviderBackOff;
        try
        {
            // A provider that takes a session and drops it at once is backed off from as if it had refused.
            for (int attempt = _shortLives; ; attempt++)
            {
                if (attempt > 0)
                {
                    await Task.Delay(waits[attempt - 1], context.Time, mailbox.Closed);
                }

                LinkFailure? failure = await TryOpenAsync(cause, brief, generation, attempt);
                if (failure is null)
                {
                    return;
                }

                bool isOver = attempt >= waits.Count || context.Time.GetElapsedTime(begunAt) >= context.Settings.ProviderConnectBudget;
                if (failure.Kind != ProviderErrorKind.Retriable || isOver)
                {
                    mailbox.Tell(BridgeInputKind.LinkGaveUp, failure, generation);
                    return;
                }

                brief = null;
            }
        }
        catch (OperationCanceledException)
        {
            // The call ended meanwhile.
        }
    }

    // The signal that tells the grain nothing new at that point.
    private static SessionSignal StandingSignal(LinkCause cause) => cause switch
    {
        LinkCause.Start => SessionSignal.ProviderRestored,
        LinkCause.Recover => SessionSignal.ProviderLost,
        _ => SessionSignal.Connected,
    };

    /// <summary>One attempt; null when the session is open and was handed to the loop.</summary>
    private async Task<LinkFailure?> TryOpenAsync(LinkCause cause, ModelBrief? brief, int generation, int attempt)
    {
        long begunAt = context.Time.GetTimestamp();
        try
        {
            if (brief is null)
            {
                // What was said until now must be in the brief.
                await line.ReachedAsync();

                // A bridge that was replaced must not take the session back: attaching would. Signals of a fenced bridge are refused.
                Outcome<SessionPhaseView> standing = await context.Grain.SignalAsync(context.BridgeId, StandingSignal(cause), "PROVIDER_SESSION_WANTED");
                if (!standing.IsOk)
                {
                    return new LinkFailure(cause, ProviderErrorKind.Bug, standing.Refusal.Code);
                }

                Outcome<ModelBrief> outcome = await context.Grain.AttachAsync(context.Caller, new AttachBridge(context.BridgeId, context.LegKind));
                if (!outcome.IsOk)
                {
                    return new LinkFailure(cause, ProviderErrorKind.Bug, outcome.Refusal.Code);
                }

                brief = outcome.Value;
            }

            IRealtimeSession session = await context.Provider.ConnectAsync(
                new RealtimeConnectOptions
                {
                    Settings = ProviderSeed.Settings(brief, context.Leg?.Format, context.Settings),
                    ConnectTimeout = context.Settings.ProviderConnectTimeout,
                    CorrelationId = context.BridgeId,
                },
                mailbox.Closed);
            TimeSpan taken = context.Time.GetElapsedTime(begunAt);
            context.Health.Opened(taken);
            context.Metrics.ProviderOpened(cause.ToString());
            CallLog.ProviderOpened(context.Logger, session.SessionId, taken.TotalMilliseconds, cause.ToString(), brief.Turns.Count);
            Interlocked.Exchange(ref _unadopted, session);
            mailbox.Tell(BridgeInputKind.LinkOpened, new OpenedLink(session, generation, cause, brief), generation);
            _ = ForwardAsync(session, generation);
            return null;
        }
        catch (RealtimeException exception)
        {
            context.Health.Failed(exception.Kind, exception.Code);
            context.Metrics.VoiceError(exception.Code);
            CallLog.ProviderNotOpened(context.Logger, attempt + 1, exception.Kind.ToString(), exception.Code);
            return new LinkFailure(cause, exception.Kind, exception.Code);
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not OutOfMemoryException)
        {
            context.Metrics.VoiceError("SESSION_UNREACHABLE");
            CallLog.ProviderNotOpened(context.Logger, attempt + 1, exception.GetType().Name, "SESSION_UNREACHABLE");
            return new LinkFailure(cause, ProviderErrorKind.Retriable, "SESSION_UNREACHABLE");
        }
    }

    private async Task ForwardAsync(IRealtimeSession session, int generation)
    {
        try
        {
            while (await session.Events.WaitToReadAsync(mailbox.Closed))
            {
                while (session.Events.TryRead(out RealtimeEvent? providerEvent))
                {
                    await mailbox.TellEventAsync(providerEvent, generation);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The call ended; nobody reads any more.
        }
    }
}
