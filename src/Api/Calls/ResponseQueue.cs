using System.Globalization;
using VoiceOrdering.Realtime;

namespace VoiceOrdering.Api.Calls;

/// <summary>
/// The one queue through which a session's inputs reach the model and answers are asked for. The provider allows one answer at a
/// time and makes answers of its own when the caller's turn ends, so nothing else of the product calls <c>response.create</c>.
/// An answer is <i>owed</i> when an input that wants one was sent and no answer began that could know it; it is asked for when
/// none is running or expected, the caller is silent and no tool is running. Loop only.
/// </summary>
internal sealed class ResponseQueue(CallContext context, CallCounters counters)
{
    /// <summary>Metadata key by which our own answers are known again.</summary>
    public const string RequestKey = "request";

    private readonly Queue<QueuedInput> _inputs = new();
    private readonly HashSet<string> _unconfirmedTexts = new(StringComparer.Ordinal);
    private IRealtimeSession? _session;
    private int _unconfirmedOutputs;
    private int _requestNumber;
    private string? _requested;
    private string? _activeId;
    private bool _blocked;
    private long? _turnAnswerExpectedAt;
    private bool _owed;
    private int _wishes;
    private int _wishesAtRequest;
    private int _retriesLeft = context.Settings.ResponseRetries;
    private long? _retryAt;
    private int _pendingTurns;

    /// <summary>The caller is speaking: asking for an answer now would talk over them.</summary>
    public bool CallerSpeaks { get; set; }

    /// <summary>Tool calls without an answer yet.</summary>
    public int RunningTools { get; set; }

    /// <summary>The answer that runs at the provider; null when none.</summary>
    public string? ActiveId => _activeId;

    /// <summary>The provider owes us something: an answer asked for, running, or due after the caller's turn.</summary>
    public bool IsProviderDue => _session is not null && (_requested is not null || _activeId is not null || _blocked || _turnAnswerExpectedAt is not null);

    /// <summary>Something is being said, made or waiting to be sent.</summary>
    public bool IsBusy => IsProviderDue || _owed || CallerSpeaks || RunningTools > 0 || _inputs.Count > 0;

    /// <summary>Ids of typed turns that were not sent yet; a new session must not be seeded with them.</summary>
    public IEnumerable<string> UnsentTexts => _inputs.Where(input => input.Kind == QueuedInputKind.UserText).Select(input => input.Key);

    /// <summary>Typed turns that wait to be sent. May be read from any thread.</summary>
    public int PendingTurns => Volatile.Read(ref _pendingTurns);

    /// <summary>Puts an input into the queue; false when the limit is reached.</summary>
    public bool TryEnqueue(QueuedInput input)
    {
        if (_inputs.Count >= context.Settings.MaxPendingInputs)
        {
            context.Metrics.LimitReached("pending_inputs");
            return false;
        }

        _inputs.Enqueue(input);
        _pendingTurns += input.Kind == QueuedInputKind.UserText ? 1 : 0;
        return true;
    }

    /// <summary>Goes on with a new session; what the lost one had not confirmed is in its brief already.</summary>
    public void Attach(IRealtimeSession session)
    {
        Detach();
        _session = session;
    }

    /// <summary>The session is gone: nothing is running any more. Inputs wait for the next one.</summary>
    public void Detach()
    {
        _session = null;
        _requested = null;
        _activeId = null;
        _blocked = false;
        _turnAnswerExpectedAt = null;
        CallerSpeaks = false;
        _unconfirmedTexts.Clear();
        _unconfirmedOutputs = 0;
        _retriesLeft = context.Settings.ResponseRetries;
        _retryAt = null;
    }

    /// <summary>The caller's turn ended and the provider will answer it by itself.</summary>
    public void ExpectTurnAnswer() => _turnAnswerExpectedAt = context.Time.GetTimestamp();

    public void OnItemAdded(ItemAdded item)
    {
        if (item.Type == "function_call_output")
        {
            _unconfirmedOutputs = Math.Max(0, _unconfirmedOutputs - 1);
        }
        else
        {
            _unconfirmedTexts.Remove(item.ItemId);
        }
    }

    public void OnStarted(ResponseStarted response)
    {
        counters.Responses++;
        bool isOurs = _requested is not null && response.Metadata.TryGetValue(RequestKey, out string? number) && number == _requested;
        if (isOurs)
        {
            _requested = null;
        }
        else
        {
            _turnAnswerExpectedAt = null;
        }

        // Ours knows what was sent before it was asked for. The provider's knows what was confirmed before it began.
        bool knowsAll = isOurs ? _wishes == _wishesAtRequest : _unconfirmedTexts.Count == 0 && _unconfirmedOutputs == 0;
        _owed &= !knowsAll;

        _activeId = response.ResponseId;
    }

    /// <summary>An answer is over. True when it failed and is not asked for again: the customer must be told.</summary>
    public bool OnEnded(ResponseEnded response)
    {
        if (_activeId == response.ResponseId)
        {
            _activeId = null;
        }

        _blocked = false;
        if (response.Status != ResponseStatus.Failed)
        {
            _retriesLeft = context.Settings.ResponseRetries;
            return false;
        }

        counters.ResponsesFailed++;
        if (response.Error is { Kind: ProviderErrorKind.Fatal } || _retriesLeft == 0)
        {
            _retriesLeft = context.Settings.ResponseRetries;
            return true;
        }

        // Doubling waits: 1 s, 2 s, 4 s …
        double waitSeconds = Math.Pow(2, context.Settings.ResponseRetries - _retriesLeft);
        _retriesLeft--;
        _retryAt = context.Time.GetTimestamp() + (long)(waitSeconds * context.Time.TimestampFrequency);
        _owed = true;
        return false;
    }

    /// <summary>The provider refused <c>response.create</c> because another answer runs: ours waits for its end.</summary>
    public void OnRefusedAsBusy()
    {
        counters.ResponsesRefused++;
        _requested = null;
        _blocked = true;
        _owed = true;
    }

    /// <summary>Sends what waits and asks for an answer when one is owed and may be asked for.</summary>
    public async ValueTask FlushAsync()
    {
        if (_session is not { } session)
        {
            return;
        }

        while (_inputs.TryPeek(out QueuedInput input))
        {
            await SendAsync(session, input);
            _inputs.Dequeue();
            _pendingTurns -= input.Kind == QueuedInputKind.UserText ? 1 : 0;
            if (input.Answer == AnswerWish.Wanted)
            {
                _owed = true;
                _wishes++;
            }
        }

        // The provider does not answer a turn that ended while another answer ran: then it is for us to ask.
        if (_activeId is null && _turnAnswerExpectedAt is { } expectedAt
            && context.Time.GetElapsedTime(expectedAt) >= context.Settings.TurnAnswerPatience)
        {
            _turnAnswerExpectedAt = null;
            _owed = true;
        }

        if (!_owed || IsProviderDue || CallerSpeaks || RunningTools > 0 || !IsRetryDue())
        {
            return;
        }

        _retryAt = null;
        _wishesAtRequest = _wishes;
        _requested = (++_requestNumber).ToString(CultureInfo.InvariantCulture);
        await session.CreateResponseAsync(new ResponseOptions { Metadata = new Dictionary<string, string> { [RequestKey] = _requested } });
    }

    private bool IsRetryDue() => _retryAt is not { } at || context.Time.GetTimestamp() >= at;

    private async ValueTask SendAsync(IRealtimeSession session, QueuedInput input)
    {
        switch (input.Kind)
        {
            case QueuedInputKind.ToolOutput:
                _unconfirmedOutputs++;
                await session.SendToolOutputAsync(input.Key, input.Text);
                break;
            case QueuedInputKind.UserText:
                _unconfirmedTexts.Add(input.Key);
                await session.SendUserTextAsync(input.Text, input.Key);
                break;
            default:
                _unconfirmedTexts.Add(input.Key);
                await session.SendSystemTextAsync(input.Text, input.Key);
                break;
        }
    }
}
