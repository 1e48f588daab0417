using VoiceOrdering.Realtime.Simulator.Models;

namespace VoiceOrdering.Realtime.Simulator.Agent;

/// <summary>The state of one conversation and its moves. Not safe for concurrent use; the server asks for one answer at a time.</summary>
internal sealed class AgentConversation
{
    /// <summary>What a system message says when the turns before it are the past.</summary>
    private const string EndOfHistory = "said before this connection";

    private readonly OrderState _order = new();
    private readonly ToolAnswers _tools;
    private readonly CustomerTalk _customer;
    private AgentKnowledge _knowledge = new(new ModelConfiguration());
    private string _lastWords = "";
    private bool _hasGreeted;
    private bool _hasWarned;
    private int _notUnderstood;

    public AgentConversation()
    {
        _customer = new CustomerTalk(_order);
        _tools = new ToolAnswers(_order, _customer);
    }

    public void Configure(ModelConfiguration configuration)
    {
        _knowledge = new AgentKnowledge(configuration);
        if (_order.Cart.Version == 0 && CartSnapshot.ReadWithin(_knowledge.Fact("cart")) is { } cart)
        {
            _order.Cart = cart;
        }
    }

    /// <summary>The answer to what is new in the conversation.</summary>
    public IReadOnlyList<ModelAction> Respond(ModelTurn turn)
    {
        var answer = new Answer(_knowledge);
        foreach (var system in turn.NewItems.OfType<ModelItem.Message>().Where(message => message.Role == ConversationRole.System))
        {
            _order.TakeCartFrom(system.Text);
        }

        var outputs = turn.NewItems.OfType<ModelItem.CallOutput>().ToList();
        var fresh = AfterHistory(turn.NewItems);
        var words = Words(fresh);
        var spoken = fresh.OfType<ModelItem.Spoken>().LastOrDefault();
        _tools.Take(_knowledge, turn.Items, outputs, answer);
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
        _order.Issued.AddRange(answer.Calls);
        if (answer.Words.Length > 0)
        {
            _lastWords = answer.Words;
        }

        return answer.Actions;
    }

    /// <summary>
    /// The items to react to: what follows the seeded past of the conversation, which ends with the last answer in it or with the
    /// statement that all of it was said before.
    /// </summary>
    private static List<ModelItem> AfterHistory(IReadOnlyList<ModelItem> items)
    {
        var last = items.ToList().FindLastIndex(item => item is ModelItem.Message message
            && (message.Role == ConversationRole.Assistant
                || (message.Role == ConversationRole.System && message.Text.Contains(EndOfHistory, StringComparison.OrdinalIgnoreCase))));

        return [.. items.Skip(last + 1)];
    }

    private static string Words(IReadOnlyList<ModelItem> items) => string.Join(". ", items.Select(item => item switch
    {
        ModelItem.Message { Role: ConversationRole.User } message => message.Text,
        ModelItem.Spoken { Hearing.Outcome: HearingOutcome.Understood } spoken => spoken.Hearing.Transcript,
        _ => "",
    }).Where(text => !string.IsNullOrWhiteSpace(text)));

    private void TakeWords(string words, Answer answer)
    {
        if (_customer.TryTake(words, _knowledge, answer))
        {
            return;
        }

        var context = new OrderContext(
            _order.Cart.Lines.Select(line => line.ItemId).ToHashSet(StringComparer.Ordinal),
            _order.Questions.TryPeek(out var open) ? open.Call.Item : null);
        var acts = _knowledge.Reader.Read(words, context).ToList();
        AnswerOpenQuestion(acts, answer);
        var isDone = acts.Any(act => act is Steer { Cue: Cue.Done or Cue.Submit });
        if (answer.Calls.Count == 0 || acts.Count > 0)
        {
            Move(SignalReader.Read(acts, _order.Phase), acts, answer);
        }

        _order.IsDoneAfterEdits = isDone && answer.Calls.Any(call => call.IsEdit);
    }

    private void AnswerOpenQuestion(List<OrderAct> acts, Answer answer)
    {
        if (!_order.Questions.TryPeek(out var open))
        {
            return;
        }

        var completed = acts.Select(act => (act, Call: open.Complete(act))).FirstOrDefault(pair => pair.Call is not null);
        if (completed.Call is not null)
        {
            _order.Questions.Dequeue();
            acts.Remove(completed.act);
            acts.RemoveAll(act => act is Steer { Cue: Cue.Yes or Cue.No });
            answer.Call(completed.Call);
        }
        else if (acts.Any(act => act is Steer { Cue: Cue.No or Cue.NoThanks or Cue.StartOver } or RemoveLine { Line.Items.Count: 0 }))
        {
            _order.Questions.Dequeue();
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
        var (move, next) = ConversationTable.Find(_order.Phase, signal);
        _notUnderstood = move == Agent.Move.AskToRepeat ? _notUnderstood + 1 : 0;
        _order.Phase = next;
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
                _tools.ReadBack(answer);
                break;
            case Agent.Move.AskToConfirm:
                answer.Say(Wording.Confirm);
                break;
            case Agent.Move.SubmitOrder:
                answer.Call(new PlannedCall(ToolNames.SubmitOrder) { CartVersion = _order.VersionReadBack });
                break;
            case Agent.Move.ThankForOrder or Agent.Move.SayAlreadyPlaced:
                answer.Say(Wording.Placed(_order.OrderNumber));
                break;
            case Agent.Move.AskWhatElse:
                answer.Say(_order.Questions.TryPeek(out var open) ? open.Text : _order.Cart.IsEmpty ? Wording.WhatToAdd : Wording.WhatElse);
                break;
            case Agent.Move.AskWhatToChange:
                answer.Say(Wording.WhatToChange);
                break;
            case Agent.Move.Greet:
                answer.Say(_order.Cart.IsEmpty ? "Hello! " + Wording.WhatToAdd : "Hello! " + Wording.WhatElse);
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
        var planner = new CallPlanner(_knowledge.Menu, _order.Cart, _order.LastLineId);
        foreach (var call in planner.Plan(acts))
        {
            answer.Call(call);
        }

        if (!planner.FoundEveryLine)
        {
            answer.Say(_order.Cart.IsEmpty ? Wording.NothingYet : Wording.NoSuchLine);
        }
    }

    private void ClearCart(Answer answer)
    {
        _order.Questions.Clear();
        if (_order.Cart.IsEmpty)
        {
            answer.Say(Wording.NothingYet);
        }

        foreach (var line in _order.Cart.Lines)
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

    private void SayGoodbye(Answer answer)
    {
        if (_order.Phase != Phase.Placed && !_order.Cart.IsEmpty && !_hasWarned)
        {
            _hasWarned = true;
            answer.Say(Wording.NotPlacedYet);
            _tools.ReadBack(answer);
            return;
        }

        answer.Say(Wording.Goodbye);
        answer.Call(new PlannedCall(ToolNames.EndCall) { Reason = _order.Phase == Phase.Placed ? "order placed" : "caller said goodbye" });
        _order.Phase = Phase.Ended;
    }

    private void Greet(IReadOnlyList<ModelItem> items, Answer answer)
    {
        if (_order.Phase == Phase.Ended)
        {
            return;
        }

        if (_hasGreeted)
        {
            answer.Say(_lastWords.Length > 0 ? _lastWords : Wording.WhatElse);
        }
        else if (!_order.Cart.IsEmpty)
        {
            answer.Say(Wording.WelcomeBack(_order.Cart));
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

    /// <summary>The words between quotation marks of an instruction such as `Say: "…"`.</summary>
    private static string? Quoted(string instructions)
    {
        var start = instructions.IndexOf('"', StringComparison.Ordinal);
        var end = instructions.LastIndexOf('"');
        return start >= 0 && end > start + 1 ? instructions[(start + 1)..end] : null;
    }
}
