using Microsoft.Extensions.Logging;
using VoiceOrdering.Carts;
using VoiceOrdering.Flags;
using VoiceOrdering.Grains.Flags;
using VoiceOrdering.Grains.Identity;
using VoiceOrdering.Grains.Restaurants.Matching;
using VoiceOrdering.Grains.Sessions.Briefing;
using VoiceOrdering.Grains.Sessions.Tools;
using VoiceOrdering.Identity;
using VoiceOrdering.Json;
using VoiceOrdering.Orders;
using VoiceOrdering.Restaurants;
using VoiceOrdering.Sessions;

namespace VoiceOrdering.Grains.Sessions;

/// <summary>The control plane of one session: who may speak for it, what was said, what the tools answered, who listens.</summary>
internal sealed class SessionGrain(
    [PersistentState("session")] IPersistentState<SessionState> session,
    [PersistentState("tools")] IPersistentState<ToolLedger> ledger,
    SessionSurroundings around,
    ILogger<SessionGrain> log) : Grain, ISessionGrain, IRemindable
{
    private const string ExpiryReminder = "expiry";
    // Room for events between two writes of the reserved sequence.
    private const long SequenceBlock = 256;

    private readonly KeptEvents _events = new(around.Limits.KeptEvents);
    private readonly Listeners<ISessionObserver> _listeners = new(around.Limits.Listeners, ISessionGrain.ListenerLease, around.Time, around.Metrics.ListenerLost);
    private long _cartVersionTold;

    private SessionState State => session.State;
    private SessionId Id => new(this.GetPrimaryKeyString());
    private ICartGrain Cart => GrainFactory.GetGrain<ICartGrain>(Id.Value);
    private Caller Owner => new(State.Owner, new RestaurantId(State.Restaurant!), State.OwnerScopes);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _events.StartAfter(State.SequenceReserved);
        return Task.CompletedTask;
    }

    public async Task<Outcome<SessionOpened>> OpenAsync(Caller caller, OpenSession command)
    {
        if (State.Restaurant is not null) throw new InvalidOperationException("The session was opened before.");
        if (!caller.Scopes.Contains(Scopes.OrdersCreate)) return Refused(Refusals.ScopeMissing(Scopes.OrdersCreate));
        if (command.Channel is not ("web" or "text" or "phone")) return Refused(Refusals.ChannelInvalid());
        var profile = await GrainFactory.GetGrain<IRestaurantGrain>(caller.Restaurant.Value).FindProfileAsync();
        if (!profile.IsOk) return Refused(profile.Refusal);
        if (command.FlagOverrides.Any(wish => FlagDefaults.Rules.All(rule => rule.Name != wish.Name))) return Refused(Refusals.FlagUnknown(FlagDefaults.Rules.Select(rule => rule.Name).ToArray()));
        var decided = await around.Flags.OnForAsync(Id.Value, caller.Subject, caller.Restaurant);
        await Cart.OpenAsync(caller.Restaurant, caller.Subject);
        // Before the session exists: a session without its reminder would never expire, a reminder without session takes itself down.
        await this.RegisterOrUpdateReminder(ExpiryReminder, around.Limits.SessionLifetime, around.Limits.SessionLifetime);
        var token = around.Ids.NewSecret();
        await session.ReplaceAsync(State with
        {
            Restaurant = caller.Restaurant.Value,
            Owner = caller.Subject,
            OwnerScopes = caller.Scopes.ToArray(),
            Channel = command.Channel,
            Language = command.Language ?? profile.Value.Language,
            ResumeTokenHash = SecretHash.Of(token),
            ExpiresAt = around.Time.GetUtcNow() + around.Limits.SessionLifetime,
            SequenceReserved = SequenceBlock,
            Flags = DecidedFlags.Apply(decided, command.FlagOverrides),
            FlagsByHand = command.FlagOverrides.Select(wish => wish.Name).ToArray(),
        });
        return new SessionOpened(await ViewAsync(), token);
    }

    public async Task<Outcome<SessionView>> ViewAsync(Caller caller)
    {
        if (Deny(caller) is { } denied) return denied;
        return await ViewAsync();
    }

    public async Task<Outcome<SessionView>> ResumeAsync(Caller caller, string resumeToken)
    {
        if (Deny(caller) is { } denied) return denied;
        if (!SecretHash.Matches(resumeToken ?? "", State.ResumeTokenHash)) return Refused(Refusals.ResumeTokenInvalid());
        if (State.Phase == SessionPhase.Ended || State.ExpiresAt <= around.Time.GetUtcNow()) return Refused(Refusals.SessionExpired());
        return await ViewAsync();
    }

    public async Task<Outcome<ModelBrief>> AttachAsync(Caller caller, AttachBridge command)
    {
        if (Deny(caller) is { } denied) return denied;
        if (State.Phase == SessionPhase.Ended) return Refused(Refusals.SessionEnded());
        var restaurant = GrainFactory.GetGrain<IRestaurantGrain>(State.Restaurant!);
        var profile = await restaurant.FindProfileAsync();
        if (!profile.IsOk) return Refused(profile.Refusal);
        var menu = await restaurant.FindMenuAsync();
        if (!menu.IsOk) return Refused(menu.Refusal);
        var cart = await Cart.ViewAsync(Owner);
        if (!cart.IsOk) return Refused(cart.Refusal);
        var moved = await MoveAsync(SessionHappening.Attached, "attached", State with { BridgeId = command.BridgeId, LegKind = command.LegKind });
        if (moved is not null) return moved;
        var index = around.Menus.For(State.Restaurant!, menu.Value);
        var settings = await restaurant.FindSettingsAsync();
        var brief = new BriefSource(index, profile.Value, State.Language, cart.Value, State.Transcript) { Settings = settings.Value };
        return BriefBuilder.Build(brief, around.Tools.SpecsFor(index, around.Limits, DecidedFlags.Of(State.Flags)), around.Limits);
    }

    public async Task<Outcome<SessionPhaseView>> SignalAsync(string bridgeId, SessionSignal signal, string reason)
    {
        if (DenyBridge(bridgeId) is { } denied) return denied;
        var refused = await MoveAsync(SessionTransitions.Of(signal), reason, State);
        return refused is null ? new SessionPhaseView(State.Phase) : refused;
    }

    public async Task<ToolAnswer> ExecuteToolAsync(string bridgeId, ToolCall call)
    {
        if (DenyBridge(bridgeId) is { } denied) return new ToolAnswer(ToolOutput.Refused(denied), EndsCall: false, Replayed: false);
        if (call.CallId is not { Length: > 0 and <= 128 })
            return new ToolAnswer(ToolOutput.Refused(Refused(Refusals.ToolArgumentsInvalid("the call id is 1 to 128 characters."))), EndsCall: false, Replayed: false);
        if (ledger.State.Answers.FirstOrDefault(answer => answer.CallId == call.CallId) is { } stored)
            return new ToolAnswer(stored.OutputJson, stored.EndsCall, Replayed: true);
        if (ledger.State.Answers.Count >= around.Limits.ToolCalls)
            return new ToolAnswer(ToolOutput.Refused(Refused(Refusals.ToolCallsExhausted())), EndsCall: false, Replayed: false);
        var result = await RunAsync(call);
        await ledger.ReplaceAsync(new ToolLedger { Answers = ledger.State.Answers.Append(new StoredToolAnswer(call.CallId, result.OutputJson, result.EndsCall)).ToArray() });
        around.Metrics.ToolCalled(around.Tools.NameOf(call.Name), result.Code ?? "ok");
        if (result.Changed is { } cart) await CartChangedAsync(cart, "tool");
        if (result.Order is { } order) await OrderPlacedAsync(order);
        return new ToolAnswer(result.OutputJson, result.EndsCall, Replayed: false);
    }

    public async Task RecordTurnAsync(string bridgeId, TurnRecord turn)
    {
        if (DenyBridge(bridgeId) is not null) return;
        if (turn.Text.Length > around.Limits.TurnCharacters) turn = turn with { Text = turn.Text[..around.Limits.TurnCharacters] };
        await session.ReplaceAsync(State with { Transcript = Transcripts.Put(State.Transcript, turn, around.Limits.TranscriptTurns, around.Metrics) });
        await KeepAsync(SessionEventNames.TranscriptDone, () => SessionEventData.Turn(turn));
    }

    public Task RelayAsync(string bridgeId, string eventName, string dataJson)
    {
        if (DenyBridge(bridgeId) is null) Tell(new KeptEvent(0, eventName, () => dataJson, around.Time.GetUtcNow()));
        return Task.CompletedTask;
    }

    public async Task PublishAsync(string bridgeId, string eventName, string dataJson)
    {
        if (dataJson.Length > around.Limits.EventCharacters) throw new ArgumentException($"An event has at most {around.Limits.EventCharacters} characters.", nameof(dataJson));
        if (DenyBridge(bridgeId) is null) await KeepAsync(eventName, () => dataJson);
    }

    public async Task CartChangedAsync(CartView cart, string cause)
    {
        if (State.Restaurant != cart.Restaurant.Value || cart.Version <= _cartVersionTold) return;
        await KeepAsync(SessionEventNames.CartChanged, () => SessionEventData.Cart(cart, cause));
        _cartVersionTold = cart.Version;
    }

    public async Task OrderPlacedAsync(OrderView order)
    {
        if (State.Restaurant != order.Restaurant.Value || State.OrderTold == order.Id.Value) return;
        await KeepAsync(SessionEventNames.OrderPlaced, () => WireJson.Write(order));
        // Carried by the next write; whoever loses it is told again by the cart, with the same order id.
        session.State = State with { OrderTold = order.Id.Value };
    }

    public async Task EndAsync(Caller caller, string reason)
    {
        if (Deny(caller) is null) await MoveAsync(SessionHappening.EndAsked, reason, State);
    }

    public Task<Outcome<EventBacklog>> SubscribeAsync(Caller caller, ISessionObserver listener, long afterSequence)
    {
        Outcome<EventBacklog> answer = Deny(caller) is { } denied ? denied
            : _listeners.TryAdd(listener) ? _events.After(afterSequence)
            : Refused(Refusals.ListenersExhausted(around.Limits.Listeners));
        return Task.FromResult(answer);
    }

    public Task UnsubscribeAsync(ISessionObserver listener)
    {
        _listeners.Remove(listener);
        return Task.CompletedTask;
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (State.Restaurant is null)
        {
            await StopReminderAsync();
            return;
        }
        var left = State.ExpiresAt - around.Time.GetUtcNow();
        if (left > TimeSpan.Zero)
        {
            // Taken up meanwhile: look again when the new time is over. Reminders are not finer than a minute.
            await this.RegisterOrUpdateReminder(ExpiryReminder, left < TimeSpan.FromMinutes(1) ? TimeSpan.FromMinutes(1) : left, around.Limits.SessionLifetime);
            return;
        }
        await MoveAsync(SessionHappening.Expired, "expired", State);
    }

    private async Task<ToolResult> RunAsync(ToolCall call)
    {
        var menu = await GrainFactory.GetGrain<IRestaurantGrain>(State.Restaurant!).FindMenuAsync();
        if (!menu.IsOk) return ToolResult.Refuse(Refused(menu.Refusal));
        var via = State.LegKind == "text" ? "text" : "voice";
        var scene = new ToolScene(Id, Owner, Cart, around.Menus.For(State.Restaurant!, menu.Value), call.CallId, via, around.Limits, DecidedFlags.AcceptAt(State.Flags), around.Metrics)
        {
            Grains = GrainFactory,
            IsOnAsync = IsOnAsync,
        };
        return await around.Tools.RunAsync(scene, call);
    }

    // Decided once for the session, but a feature that is switched off for everybody ends here too.
    private async Task<bool> IsOnAsync(string flag) =>
        DecidedFlags.Of(State.Flags).Contains(flag) && (State.FlagsByHand.Contains(flag) || !await around.Flags.IsOffForAllAsync(flag));

    /// <summary>Makes a move of the phase table with its effects; a refusal when it is not in the table.</summary>
    private async Task<Refusal?> MoveAsync(SessionHappening happening, string reason, SessionState basis)
    {
        if (SessionTransitions.Next(State.Phase, happening) is not { } move)
            return Refused(State.Phase == SessionPhase.Ended ? Refusals.SessionEnded() : Refusals.PhaseInvalid(Speech.Lower(State.Phase.ToString()), Speech.Lower(happening.ToString())));
        var from = State.Phase;
        var next = SessionMoves.Apply(basis, move, around.Time.GetUtcNow() + around.Limits.SessionLifetime);
        if (next != State) await session.ReplaceAsync(next);
        if (from != move.To) await KeepAsync(SessionEventNames.Phase, () => SessionEventData.Phase(move.To, reason));
        if (move.Effects.HasFlag(SessionEffects.CloseCart)) await Cart.ExpireAsync();
        if (move.Effects.HasFlag(SessionEffects.ForgetTalk) && ledger.State.Answers.Count > 0) await ledger.ReplaceAsync(new ToolLedger());
        if (move.Effects.HasFlag(SessionEffects.StopReminder)) await StopReminderAsync();
        return null;
    }

    private async Task StopReminderAsync()
    {
        if (await this.GetReminder(ExpiryReminder) is { } reminder) await this.UnregisterReminder(reminder);
    }

    private async Task<SessionView> ViewAsync()
    {
        var cart = await Cart.ViewAsync(Owner);
        return new SessionView
        {
            Id = Id,
            Restaurant = new RestaurantId(State.Restaurant!),
            Phase = State.Phase,
            Channel = State.Channel,
            Language = State.Language,
            ExpiresAt = State.ExpiresAt,
            Transcript = State.Transcript,
            // The cart of an ended session without an order is forgotten.
            Cart = cart.Value ?? new CartView { Session = Id, Restaurant = new RestaurantId(State.Restaurant!) },
            LastSequence = _events.Last,
            Flags = DecidedFlags.Of(State.Flags),
            FlagsByHand = State.FlagsByHand,
        };
    }

    private async Task KeepAsync(string name, Func<string> data)
    {
        if (_events.Last >= State.SequenceReserved) await session.ReplaceAsync(State with { SequenceReserved = _events.Last + SequenceBlock });
        Tell(_events.Keep(name, data, around.Time.GetUtcNow()));
    }

    private void Tell(KeptEvent happened) => _listeners.Tell(listener => listener.OnEventAsync(happened.Event), log);

    private Refusal? Deny(Caller caller) => State.Restaurant is null || State.Restaurant != caller.Restaurant.Value || State.Owner != caller.Subject
        ? Refused(Refusals.SessionUnknown())
        : null;

    private Refusal? DenyBridge(string bridgeId)
    {
        if (State.Restaurant is null) return Refused(Refusals.SessionUnknown());
        if (State.Phase == SessionPhase.Ended) return Refused(Refusals.SessionEnded());
        return State.BridgeId.Length > 0 && State.BridgeId == bridgeId ? null : Refused(Refusals.BridgeFenced());
    }

    private Refusal Refused(Refusal refusal) => around.Metrics.Refused(refusal);
}
