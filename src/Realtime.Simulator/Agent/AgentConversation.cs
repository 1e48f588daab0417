using VoiceOrdering.Realtime.Simulator.Models;

namespace VoiceOrdering.Realtime.Simulator.Agent;

/// <summary>The state of one conversation and its moves. Not safe for concurrent use; the server asks for one answer at a time.</summary>
internal sealed class AgentConversation
{
    private readonly List<PlannedCall> _issued = [];
    private readonly Queue<OpenQuestion> _questions = new();
    private AgentKnowledge _knowledge = new(new ModelConfiguration());
    private Phase _phase = Phase.Ordering;
    private CartSnapshot _cart = CartSnapshot.Empty;
    private string? _lastLineId;
    private string _lastWords = "";
    private string _orderNumber = "";
    private long _versionReadBack;
    private bool _readBackAfterEdits;
    private bool _hasGreeted;
    private bool _hasWarned;
    private int _notUnderstood;

    public Phase Phase => _phase;

    public CartSnapshot Cart => _cart;

    public void Configure(ModelConfiguration configuration)
    {
        _knowledge = new AgentKnowledge(configuration);
        if (_cart.Version == 0 && CartSnapshot.ReadWithin(_knowledge.Fact("cart")) is { } cart)
        {
            _cart = cart;
        }
    }

    /// <summary>The answer to what is new in the conversation.</summary>
    public IReadOnlyList<ModelAction> Respond(ModelTurn turn)
    {
        var answer = new Answer(_knowledge);
        foreach (var system in turn.NewItems.OfType<ModelItem.Message>().Where(message => message.Role == ConversationRole.System))
        {
            TakeCartFrom(system.Text);
        }

        var outputs = turn.NewItems.OfType<ModelItem.CallOutput>().ToList();
        var words = Words(turn.NewItems);
        var spoken = turn.NewItems.OfType<ModelItem.Spoken>().LastOrDefault();
        TakeOutputs(turn.Items, outputs, answer);
        if (words.Length > 0)
        {
            TakeWords(words, answer);
        }
        else if (spoken?.Hearing is { Outcome: HearingOutcome.Failed, FailureMessage: { } reason })
        {
            answer.Say(reason);
        }
        else if (spoken is not null)
        {
            Move(Signal.Unknown, [], answer);
        }
        else if (outputs.Count == 0 && turn.Instructions is { } told && Quoted(told) is { } sentence)
        {
            answer.Say(sentence);
        }
        else if (outputs.Count == 0)
        {
            Greet(turn.Items, answer);
        }

        _hasGreeted = true;
        _issued.AddRange(answer.Calls);
        if (answer.Words.Length > 0)
        {
            _lastWords = answer.Words;
        }

        return answer.Actions;
    }

    private static string Words(IReadOnlyList<ModelItem> items) => string.Join(". ", items.Select(item => item switch
    {
        ModelItem.Message { Role: ConversationRole.User } message => message.Text,
        ModelItem.Spoken { Hearing.Outcome: HearingOutcome.Understood } spoken => spoken.Hearing.Transcript,
        _ => "",
    }).Where(text => !string.IsNullOrWhiteSpace(text)));

    private void TakeWords(string words, Answer answer)
    {
        var context = new OrderContext(
            _cart.Lines.Select(line => line.ItemId).ToHashSet(StringComparer.Ordinal),
            _questions.TryPeek(out var open) ? open.Call.Item : null);
        var acts = _knowledge.Reader.Read(words, context).ToList();
        AnswerOpenQuestion(acts, answer);
        var isDone = acts.Any(act => act is Steer { Cue: Cue.Done or Cue.Submit });
        if (answer.Calls.Count == 0 || acts.Count > 0)
        {
            Move(SignalReader.Read(acts, _phase), acts, answer);
        }

        _readBackAfterEdits = isDone && answer.Calls.Any(call => call.IsEdit);
    }

    private void AnswerOpenQuestion(List<OrderAct> acts, Answer answer)
    {
        if (!_questions.TryPeek(out var open))
        {
            return;
        }

        var completed = acts.Select(act => (act, Call: open.Complete(act))).FirstOrDefault(pair => pair.Call is not null);
        if (completed.Call is not null)
        {
            _questions.Dequeue();
            acts.Remove(completed.act);
            acts.RemoveAll(act => act is Steer { Cue: Cue.Yes or Cue.No });
            answer.Call(completed.Call);
        }
        else if (acts.Any(act => act is Steer { Cue: Cue.No or Cue.NoThanks or Cue.StartOver } or RemoveLine { Line.Items.Count: 0 }))
        {
            _questions.Dequeue();
            acts.RemoveAll(act => act is Steer { Cue: Cue.No or Cue.NoThanks } or RemoveLine { Line.Items.Count: 0 });
            answer.Say(Wording.LeftOut);
            if (acts.Count == 0)
            {
                acts.Add(new Steer(Cue.Yes));
            }
        }
    }

    private void Move(Signal signal, IReadOnlyList<OrderAct> acts, Answer answer)
    {
        var (move, next) = ConversationTable.Find(_phase, signal);
        _notUnderstood = move == Agent.Move.AskToRepeat ? _notUnderstood + 1 : 0;
        _phase = next;
        switch (move)
        {
            case Agent.Move.MakeEdits:
                MakeEdits(acts, answer);
                break;
            case Agent.Move.ClearCart:
                ClearCart(answer);
                break;
            case Agent.Move.AnswerQuestion:
                AnswerQuestion(acts.OfType<MenuQuestion>().FirstOrDefault(), answer);
                break;
            case Agent.Move.TellCart:
                answer.Call(new PlannedCall(ToolNames.ReadCart));
                break;
            case Agent.Move.ReadBack:
                ReadBack(answer);
                break;
            case Agent.Move.AskToConfirm:
                answer.Say(Wording.Confirm);
                break;
            case Agent.Move.SubmitOrder:
                answer.Call(new PlannedCall(ToolNames.SubmitOrder) { CartVersion = _versionReadBack });
                break;
            case Agent.Move.ThankForOrder or Agent.Move.SayAlreadyPlaced:
                answer.Say(Wording.Placed(_orderNumber));
                break;
            case Agent.Move.AskWhatElse:
                answer.Say(_questions.TryPeek(out var open) ? open.Text : _cart.IsEmpty ? Wording.WhatToAdd : Wording.WhatElse);
                break;
            case Agent.Move.AskWhatToChange:
                answer.Say(Wording.WhatToChange);
                break;
            case Agent.Move.Greet:
                answer.Say(_cart.IsEmpty ? "Hello! " + Wording.WhatToAdd : "Hello! " + Wording.WhatElse);
                break;
            case Agent.Move.Explain:
                answer.Say(Wording.Explanation);
                break;
            case Agent.Move.RepeatLast:
                answer.Say(_lastWords.Length > 0 ? _lastWords : Wording.WhatToAdd);
                break;
            case Agent.Move.RefuseHuman:
                answer.Say(Wording.NoHuman);
                break;
            case Agent.Move.SayGoodbye:
                SayGoodbye(answer);
                break;
            case Agent.Move.AskToRepeat:
                answer.Say(_notUnderstood > 2 ? Wording.StillNotCaught : Wording.NotCaught);
                break;
        }
    }

    private void MakeEdits(IReadOnlyList<OrderAct> acts, Answer answer)
    {
        var planner = new CallPlanner(_knowledge.Menu, _cart, _lastLineId);
        foreach (var call in planner.Plan(acts))
        {
            answer.Call(call);
        }

        if (!planner.FoundEveryLine)
        {
            answer.Say(_cart.IsEmpty ? Wording.NothingYet : Wording.NoSuchLine);
        }
    }

    private void ClearCart(Answer answer)
    {
        _questions.Clear();
        if (_cart.IsEmpty)
        {
            answer.Say(Wording.NothingYet);
        }

        foreach (var line in _cart.Lines)
        {
            answer.Call(new PlannedCall(ToolNames.RemoveLine) { LineId = line.LineId });
        }
    }

    private void AnswerQuestion(MenuQuestion? question, Answer answer)
    {
        if (question is null || question.Kind == Cue.ShowMenu || question.Query.Length == 0)
        {
            answer.Say(Wording.Categories(_knowledge.Menu));
        }
        else if (question is { Kind: Cue.HowMuch, Items: [var item] })
        {
            answer.Say(Wording.Price(item, _knowledge.Menu.Currency));
        }
        else
        {
            answer.Call(new PlannedCall(ToolNames.SearchMenu) { Query = question.Query });
        }
    }

    private void ReadBack(Answer answer)
    {
        if (_questions.TryPeek(out var open))
        {
            answer.Say(open.Text);
        }
        else
        {
            answer.Call(new PlannedCall(ToolNames.ReadCart) { IsReadBack = true });
        }
    }

    private void SayGoodbye(Answer answer)
    {
        if (_phase != Phase.Placed && !_cart.IsEmpty && !_hasWarned)
        {
            _hasWarned = true;
            answer.Say(Wording.NotPlacedYet);
            ReadBack(answer);
            return;
        }

        answer.Say(Wording.Goodbye);
        answer.Call(new PlannedCall(ToolNames.EndCall) { Reason = _phase == Phase.Placed ? "order placed" : "caller said goodbye" });
        _phase = Phase.Ended;
    }

    private void Greet(IReadOnlyList<ModelItem> items, Answer answer)
    {
        if (_phase == Phase.Ended)
        {
            return;
        }

        if (_hasGreeted)
        {
            answer.Say(_lastWords.Length > 0 ? _lastWords : Wording.WhatElse);
        }
        else if (!_cart.IsEmpty)
        {
            answer.Say(Wording.WelcomeBack(_cart));
        }
        else if (items.OfType<ModelItem.Message>().Any(message => message.Role == ConversationRole.Assistant))
        {
            answer.Say("Welcome back. " + Wording.WhatToAdd);
        }
        else
        {
            answer.Say(_knowledge.Fact("greeting") is { Length: > 0 } greeting ? greeting : Wording.Greeting(_knowledge.Fact("restaurant")));
        }
    }

    private void TakeCartFrom(string text)
    {
        if (CartSnapshot.ReadWithin(text) is { } cart && cart.Version > _cart.Version)
        {
            TakeCart(cart);
            _phase = ConversationTable.Find(_phase, Signal.CartChangedElsewhere).Next;
        }
    }

    private void TakeCart(CartSnapshot? cart)
    {
        if (cart is not null && cart.Version >= _cart.Version)
        {
            _lastLineId = cart.FindTouchedLine(_cart) ?? _lastLineId;
            _cart = cart;
        }
    }

    private void TakeOutputs(IReadOnlyList<ModelItem> items, List<ModelItem.CallOutput> outputs, Answer answer)
    {
        var made = false;
        var asked = false;
        foreach (var output in outputs)
        {
            var call = items.OfType<ModelItem.Call>().LastOrDefault(item => item.CallId == output.CallId);
            var planned = call is null ? null : FindIssued(call);
            var result = ToolResult.Read(output.Output);
            TakeCart(result.Cart);
            if (planned is null)
            {
                answer.Say(result.Say);
                continue;
            }

            made |= planned.IsEdit && !result.IsRefused;
            asked |= TakeResult(planned, result, answer);
        }

        if (_questions.TryPeek(out var question) && (made || asked))
        {
            answer.Say(question.Text);
        }
        else if (made && _readBackAfterEdits)
        {
            ReadBack(answer);
        }
        else if (made && !answer.EndsWithQuestion)
        {
            answer.Say(_cart.IsEmpty ? Wording.Cleared : Wording.WhatElse);
        }
    }

    /// <summary>True when the result left a question open.</summary>
    private bool TakeResult(PlannedCall planned, ToolResult result, Answer answer)
    {
        switch (planned.Tool)
        {
            case ToolNames.SubmitOrder when !result.IsRefused:
                _orderNumber = result.OrderNumber;
                answer.Say(result.Say);
                var (_, placed) = ConversationTable.Find(_phase, Signal.OrderPlaced);
                _phase = placed;
                if (!result.Say.Contains(_orderNumber, StringComparison.Ordinal) || result.Say.Length == 0)
                {
                    answer.Say(Wording.Placed(_orderNumber));
                }

                return false;
            case ToolNames.SubmitOrder:
                _phase = ConversationTable.Find(_phase, Signal.OrderRefused).Next;
                answer.Say(result.Say);
                if (result.Code == "CART_VERSION_CONFLICT")
                {
                    ReadBack(answer);
                }

                return false;
            case ToolNames.ReadCart:
                TellCart(planned, result, answer);
                return false;
            case ToolNames.SearchMenu when planned.Candidates.Count > 0:
                var text = result.Say.EndsWith('?') ? result.Say : Wording.WhichOne(planned.Candidates);
                _questions.Enqueue(new OpenQuestion(planned, "", text));
                return true;
            case ToolNames.SearchMenu:
                answer.Say(result.Say);
                return false;
            case ToolNames.EndCall:
                return false;
            case var _ when result.IsRefused && CanBeCompleted(planned, result):
                _questions.Enqueue(new OpenQuestion(planned, result.Code, result.Say));
                return true;
            default:
                answer.Say(result.Say);
                return false;
        }
    }

    private static bool CanBeCompleted(PlannedCall planned, ToolResult result) =>
        planned.Item is not null && result.Say.Length > 0
        && result.Code is "OPTION_REQUIRED" or "SIZE_REQUIRED" or "SIZE_UNKNOWN" or "OPTIONS_TOO_MANY" or "QUANTITY_TOO_LARGE" or "QUANTITY_INVALID" or "ITEM_UNSURE";

    private void TellCart(PlannedCall planned, ToolResult result, Answer answer)
    {
        answer.Say(result.Say);
        if (result.IsRefused || _cart.IsEmpty)
        {
            if (result.Say.Length == 0 || !answer.EndsWithQuestion)
            {
                answer.Say(result.Say.Length == 0 ? Wording.NothingYet : Wording.WhatToAdd);
            }

            return;
        }

        var total = Wording.Total(_cart);
        if (result.Say.Length == 0)
        {
            answer.Say($"You have {Wording.Lines(_cart)}.");
        }

        if (total.Length > 0 && !result.Say.Contains(total.TrimStart('$', '€', '£').Split(' ')[0], StringComparison.Ordinal))
        {
            answer.Say($"The total is {total}.");
        }

        if (planned.IsReadBack)
        {
            _versionReadBack = _cart.Version;
            Move(Signal.CartReadBack, [], answer);
        }
        else if (!answer.EndsWithQuestion)
        {
            answer.Say(Wording.WhatElse);
        }
    }

    private PlannedCall? FindIssued(ModelItem.Call call)
    {
        var at = _issued.FindIndex(planned => planned.Tool == call.Name && _knowledge.FindTool(call.Name) is { } tool && planned.WriteArguments(tool) == call.ArgumentsJson);
        if (at < 0)
        {
            return null;
        }

        var found = _issued[at];
        _issued.RemoveAt(at);
        return found;
    }

    /// <summary>The words between quotation marks of an instruction such as `Say: "…"`.</summary>
    private static string? Quoted(string instructions)
    {
        var start = instructions.IndexOf('"', StringComparison.Ordinal);
        var end = instructions.LastIndexOf('"');
        return start >= 0 && end > start + 1 ? instructions[(start + 1)..end] : null;
    }
}
