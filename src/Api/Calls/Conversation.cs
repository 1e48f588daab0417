using VoiceOrdering.Realtime;
using VoiceOrdering.Sessions;

namespace VoiceOrdering.Api.Calls;

/// <summary>
/// What goes on between customer and model within a call: routes each provider event to the part that owns it. Knows nothing of the
/// bridge's life (that is <see cref="BridgeTransitions"/>). Loop only.
/// </summary>
internal sealed class Conversation
{
    private readonly CallContext _context;
    private readonly SessionLine _line;
    private readonly CallCounters _counters;
    private readonly BridgeAudio _audio;
    private readonly PlayoutLedger _ledger;
    private readonly TurnRecorder _recorder;
    private readonly AssistantSpeech _speech;
    private readonly BargeIn _bargeIn;
    private readonly TurnClock _clock;
    private readonly ToolRunner _tools;
    private IRealtimeSession? _session;

    public Conversation(CallContext context, BridgeMailbox mailbox, SessionLine line, BridgeAudio audio, PlayoutBuffer playout, CallCounters counters)
    {
        _context = context;
        _line = line;
        _counters = counters;
        _audio = audio;
        _ledger = new PlayoutLedger(playout);
        _recorder = new TurnRecorder(context, line, counters);
        _speech = new AssistantSpeech(context, line, playout, _ledger, _recorder);
        _bargeIn = new BargeIn(playout, _ledger, _recorder, counters, context.Metrics);
        _clock = new TurnClock(context.Time, context.Metrics);
        _tools = new ToolRunner(context, mailbox);
        Responses = new ResponseQueue(context, counters);
    }

    public ResponseQueue Responses { get; }

    /// <summary>Nothing is being said, made, played or run.</summary>
    public bool IsQuiet => !Responses.IsBusy && _ledger.Open.Count == 0 && _tools.Outstanding == 0;

    /// <summary>Caller turns whose words have not arrived yet.</summary>
    public int AwaitedTranscripts => _recorder.AwaitedTranscripts;

    /// <summary>Goes on with a new provider session, which is told what was said before.</summary>
    public async ValueTask AdoptAsync(OpenedLink opened)
    {
        _session = opened.Session;
        _tools.Forget();
        Responses.Attach(opened.Session);
        IReadOnlyList<SeedItem> items = ProviderSeed.Items(opened.Brief, [.. Responses.UnsentTexts]);
        if (items.Count > 0)
        {
            await opened.Session.SeedAsync(items);
        }

        _audio.Send(opened.Session);
    }

    /// <summary>Lets the model begin: greet, welcome back, or go on after a break; nothing when the customer's turn waits already.</summary>
    public void Prompt(string instruction)
    {
        if (!Responses.UnsentTexts.Any())
        {
            Tell(instruction, AnswerWish.Wanted);
        }
    }

    /// <summary>Tells the model a fact.</summary>
    public void Tell(string fact, AnswerWish answer) =>
        Responses.TryEnqueue(new QueuedInput(QueuedInputKind.SystemText, _context.Ids.NewId("sys_"), fact, answer));

    public void Type(TypedTurn turn)
    {
        _counters.TypedTurns++;
        // Also when the brief held it already: what is seeded is history, which no model may act on.
        Responses.TryEnqueue(new QueuedInput(QueuedInputKind.UserText, turn.ItemId, turn.Text, AnswerWish.Wanted));
    }

    /// <summary>The provider session is lost: what was received is played to its end and counts as said.</summary>
    public void Lose()
    {
        _session = null;
        _audio.Send(null);
        Responses.Detach();
        _clock.Forget();
        _speech.EndAsReceived();
    }

    /// <summary>The call is over: what was played until now is what was heard.</summary>
    public Task FinishAsync()
    {
        _session = null;
        _audio.Send(null);
        _speech.EndAsPlayed();

        return _tools.StopAsync();
    }

    /// <summary>Handles an event of the session in force.</summary>
    public ValueTask HandleAsync(RealtimeEvent providerEvent, BridgeInput input)
    {
        switch (providerEvent)
        {
            case AudioDelta audio:
                _speech.OnAudio(audio);
                break;
            case AudioDone done:
                _speech.OnAudioDone(done);
                break;
            case AssistantTranscriptDelta or AssistantTranscriptDone or TextDelta or TextDone:
                _speech.OnWords(providerEvent);
                break;
            case SpeechStarted speech:
                return OnSpeechStartedAsync(speech);
            case SpeechStopped speech:
                OnSpeechStopped(speech, input.Timestamp);
                break;
            case CallerTranscriptDelta words:
                _recorder.CallerWords(words.ItemId, words.Delta);
                break;
            case CallerTranscriptDone said:
                _recorder.CallerSaid(said.ItemId, said.Transcript);
                break;
            case CallerTranscriptFailed failed:
                _recorder.CallerUnwritten(failed.ItemId);
                _context.Metrics.VoiceError("TRANSCRIPTION_FAILED");
                break;
            case ItemAdded item:
                Responses.OnItemAdded(item);
                break;
            case ResponseStarted response:
                Responses.OnStarted(response);
                break;
            case ResponseEnded response:
                OnResponseEnded(response);
                break;
            case ToolCallRequested call:
                OnToolCall(call, input.Generation);
                break;
            case ProviderError error:
                OnError(error);
                break;
            default:
                break;
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>The item's first frame was handed to the leg.</summary>
    public void OnItemBegan(SpokenItem item, long at)
    {
        _clock.AnswerBegan(at);
        _recorder.AssistantBegan(item);
    }

    /// <summary>The item's last frame was handed to the leg.</summary>
    public void OnItemPlayed(SpokenItem item) => _speech.OnItemPlayed(item);

    /// <summary>Passes a tool's answer on. True when the model asked to end the call.</summary>
    public bool OnToolAnswered(ToolResult result, bool isCurrent)
    {
        _tools.OnAnswered();
        Responses.RunningTools = _tools.Outstanding;
        if (isCurrent)
        {
            // A model that has said goodbye in the same breath is not asked to speak again.
            bool hasSaidGoodbye = result.Answer.EndsCall && _ledger.HasSpoken(result.ResponseId);
            AnswerWish wish = hasSaidGoodbye ? AnswerWish.None : AnswerWish.Wanted;
            Responses.TryEnqueue(new QueuedInput(QueuedInputKind.ToolOutput, result.Call.CallId, result.Answer.OutputJson, wish));
        }
        else
        {
            // The session that asked is gone and the new one does not know the call: it learns the result as a fact.
            Tell($"While you were disconnected, {result.Call.Name} was done with this result: {result.Answer.OutputJson}", AnswerWish.None);
        }

        return result.Answer.EndsCall;
    }

    private async ValueTask OnSpeechStartedAsync(SpeechStarted speech)
    {
        Responses.CallerSpeaks = true;
        _clock.Forget();
        if (_session is { } session)
        {
            await _bargeIn.StopAsync(session, Responses.ActiveId);
        }

        _recorder.CallerBegan(speech.ItemId);
    }

    private void OnSpeechStopped(SpeechStopped speech, long at)
    {
        Responses.CallerSpeaks = false;
        Responses.ExpectTurnAnswer();
        _clock.TurnEnded(at, _audio.AppendedMs - speech.AudioEndMs);
        _recorder.CallerStopped(speech.ItemId);
    }

    private void OnResponseEnded(ResponseEnded response)
    {
        _speech.OnResponseEnded(response.ResponseId);

        if (response.Usage is { } usage)
        {
            _line.Publish(SessionEventNames.Usage, UsageEvent.From(response.ResponseId, _session?.Capabilities.Model, usage));
        }

        if (Responses.OnEnded(response))
        {
            _context.Metrics.VoiceError(response.Error?.Code ?? "ANSWER_FAILED");
            _line.Publish(SessionEventNames.Error, CallError.AnswerFailed);
        }
    }

    private void OnToolCall(ToolCallRequested call, int generation)
    {
        if (_tools.TryStart(call, generation))
        {
            _counters.ToolCalls++;
            Responses.RunningTools = _tools.Outstanding;
        }
        else
        {
            _counters.ToolRepeats++;
        }
    }

    private void OnError(ProviderError error)
    {
        if (error.Code == "CONVERSATION_ALREADY_HAS_ACTIVE_RESPONSE")
        {
            Responses.OnRefusedAsBusy();
            return;
        }

        _counters.ProviderErrors++;
        _context.Metrics.VoiceError(error.Code);
        CallLog.ProviderRefused(_context.Logger, error.Verb, error.Kind.ToString(), error.Code);
    }
}
