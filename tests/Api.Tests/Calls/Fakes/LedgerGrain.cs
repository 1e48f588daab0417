using VoiceOrdering.Carts;
using VoiceOrdering.Identity;
using VoiceOrdering.Orders;
using VoiceOrdering.Sessions;

namespace VoiceOrdering.Api.Tests.Calls.Fakes;

/// <summary>A session grain in memory with the ledger rules that matter to a bridge: tools run once per call id, a newer attach fences.</summary>
internal sealed class LedgerGrain(Timeline timeline) : ISessionGrain
{
    private readonly Dictionary<string, ToolAnswer> _ledger = [];
    private string? _bridgeId;

    private readonly Lock _gate = new();

    /// <summary>The transcript; take <see cref="Transcript"/> while a call runs on other threads.</summary>
    public List<TurnRecord> Turns { get; } = [];

    public IReadOnlyList<TurnRecord> Transcript
    {
        get
        {
            lock (_gate)
            {
                return [.. Turns];
            }
        }
    }

    public List<string> ToolsRun { get; } = [];

    /// <summary>Tools that end the call.</summary>
    public HashSet<string> EndingTools { get; } = ["end_call"];

    /// <summary>When set, tools wait for it.</summary>
    public TaskCompletionSource? ToolGate { get; set; }

    /// <summary>So many tool calls fail as if the silo were gone, after having run.</summary>
    public int FailTools { get; set; }

    public string? AttachRefusal { get; set; }

    public void Fence() => _bridgeId = "a newer bridge";

    public Task<Outcome<ModelBrief>> AttachAsync(Caller caller, AttachBridge command)
    {
        timeline.Add("attach");
        if (AttachRefusal is { } code)
        {
            return Task.FromResult<Outcome<ModelBrief>>(new Refusal(code, "Refused."));
        }

        _bridgeId = command.BridgeId;
        return Task.FromResult<Outcome<ModelBrief>>(Brief());
    }

    public ModelBrief Brief() =>
        new("You take orders.", [new ToolSpec("add_item", "Adds.", "{}")], "en", [.. Transcript], new RestaurantId("demo-burger"));

    public Task<Outcome<SessionPhaseView>> SignalAsync(string bridgeId, SessionSignal signal, string reason)
    {
        if (_bridgeId is not null && _bridgeId != bridgeId)
        {
            return Task.FromResult<Outcome<SessionPhaseView>>(new Refusal(RefusalCodes.BridgeFenced, "A newer call has the session."));
        }

        timeline.Add($"signal {signal} {reason}");
        return Task.FromResult<Outcome<SessionPhaseView>>(new SessionPhaseView(SessionPhase.Active));
    }

    public async Task<ToolAnswer> ExecuteToolAsync(string bridgeId, ToolCall call)
    {
        if (ToolGate is { } gate)
        {
            await gate.Task;
        }

        bool isReplay = _ledger.TryGetValue(call.CallId, out ToolAnswer? answer);
        if (!isReplay)
        {
            ToolsRun.Add(call.Name);
            answer = new ToolAnswer($$"""{"ok":true,"n":{{ToolsRun.Count}}}""", EndingTools.Contains(call.Name), false);
            _ledger.Add(call.CallId, answer);
        }

        timeline.Add($"tool {call.Name} {call.CallId}{(isReplay ? " replayed" : "")}");
        if (FailTools > 0)
        {
            FailTools--;
            throw new TimeoutException("The silo is gone.");
        }

        return answer! with { Replayed = isReplay };
    }

    public Task RecordTurnAsync(string bridgeId, TurnRecord turn)
    {
        lock (_gate)
        {
            Turns.RemoveAll(known => known.ItemId == turn.ItemId);
            Turns.Add(turn);
        }

        timeline.Add($"record {turn.Role} '{turn.Text}' {turn.HeardMs}{(turn.Interrupted ? " interrupted" : "")}");
        return Task.CompletedTask;
    }

    public Task RelayAsync(string bridgeId, string eventName, string dataJson)
    {
        timeline.Add($"relay {eventName} {dataJson}");
        return Task.CompletedTask;
    }

    public Task PublishAsync(string bridgeId, string eventName, string dataJson)
    {
        timeline.Add($"publish {eventName} {dataJson}");
        return Task.CompletedTask;
    }

    public Task EndAsync(Caller caller, string reason)
    {
        timeline.Add($"end {reason}");
        return Task.CompletedTask;
    }

    public Task<Outcome<SessionOpened>> OpenAsync(Caller caller, OpenSession command) => throw new NotSupportedException();

    public Task<Outcome<SessionView>> ViewAsync(Caller caller) => throw new NotSupportedException();

    public Task<Outcome<SessionView>> ResumeAsync(Caller caller, string resumeToken) => throw new NotSupportedException();

    public Task CartChangedAsync(CartView cart, string cause) => throw new NotSupportedException();

    public Task OrderPlacedAsync(OrderView order) => throw new NotSupportedException();

    public Task<Outcome<EventBacklog>> SubscribeAsync(Caller caller, ISessionObserver listener, long afterSequence) =>
        throw new NotSupportedException();

    public Task UnsubscribeAsync(ISessionObserver listener) => throw new NotSupportedException();
}
