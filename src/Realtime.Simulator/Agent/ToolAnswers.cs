using VoiceOrdering.Realtime.Simulator.Models;

namespace VoiceOrdering.Realtime.Simulator.Agent;

/// <summary>Turns the tools' answers into words, open questions and the order's next phase.</summary>
internal sealed class ToolAnswers(OrderState order, CustomerTalk customer)
{
    /// <summary>Takes the answers that came and says what follows from them.</summary>
    public void Take(AgentKnowledge knowledge, IReadOnlyList<ModelItem> items, List<ModelItem.CallOutput> outputs, Answer answer)
    {
        var made = false;
        var asked = false;
        foreach (var output in outputs)
        {
            var call = items.OfType<ModelItem.Call>().LastOrDefault(item => item.CallId == output.CallId);
            var planned = call is null ? null : order.FindIssued(knowledge, call);
            var result = ToolResult.Read(output.Output);
            order.TakeCart(result.Cart);
            if (planned is null)
            {
                answer.Say(result.Say);
                continue;
            }

            if (customer.TakeResult(planned, result, answer))
            {
                continue;
            }

            made |= planned.IsEdit && !result.IsRefused;
            asked |= TakeResult(planned, result, answer);
        }

        if (order.Questions.TryPeek(out var question) && (made || asked))
        {
            answer.Say(question.Text);
        }
        else if (made && order.IsDoneAfterEdits)
        {
            ReadBack(answer);
        }
        else if (made && !answer.EndsWithQuestion)
        {
            answer.Say(order.Cart.IsEmpty ? Wording.Cleared : Wording.WhatElse);
        }
    }

    /// <summary>True when the result left a question open.</summary>
    private bool TakeResult(PlannedCall planned, ToolResult result, Answer answer)
    {
        switch (planned.Tool)
        {
            case ToolNames.SubmitOrder when !result.IsRefused:
                order.OrderNumber = result.OrderNumber;
                answer.Say(result.Say);
                var (_, placed) = ConversationTable.Find(order.Phase, Signal.OrderPlaced);
                order.Phase = placed;
                if (!result.Say.Contains(order.OrderNumber, StringComparison.Ordinal) || result.Say.Length == 0)
                {
                    answer.Say(Wording.Placed(order.OrderNumber));
                }

                return false;
            case ToolNames.SubmitOrder:
                order.Phase = ConversationTable.Find(order.Phase, Signal.OrderRefused).Next;
                answer.Say(result.Say);
                if (result.Code is "CART_VERSION_CONFLICT" or "VOUCHER_REDEEMED" or "VOUCHER_VOIDED" or "VOUCHER_EXPIRED")
                {
                    ReadBack(answer);
                }

                return false;
            case ToolNames.ReadCart:
                TellCart(planned, result, answer);
                return false;
            case ToolNames.SearchMenu when planned.Candidates.Count > 0:
                var text = result.Say.EndsWith('?') ? result.Say : Wording.WhichOne(planned.Candidates);
                order.Questions.Enqueue(new OpenQuestion(planned, "", text));
                return true;
            case ToolNames.SearchMenu:
                answer.Say(result.Say);
                return false;
            case ToolNames.EndCall:
                return false;
            case var _ when result.IsRefused && CanBeCompleted(planned, result):
                order.Questions.Enqueue(new OpenQuestion(planned, result.Code, result.Say));
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
        if (result.IsRefused || order.Cart.IsEmpty)
        {
            if (result.Say.Length == 0 || !answer.EndsWithQuestion)
            {
                answer.Say(result.Say.Length == 0 ? Wording.NothingYet : Wording.WhatToAdd);
            }

            return;
        }

        var total = Wording.Total(order.Cart);
        if (result.Say.Length == 0)
        {
            answer.Say($"You have {Wording.Lines(order.Cart)}.");
        }

        if (total.Length > 0 && !result.Say.Contains(total.TrimStart('$', '€', '£').Split(' ')[0], StringComparison.Ordinal))
        {
            answer.Say($"The total is {total}.");
        }

        if (planned.IsReadBack)
        {
            order.VersionReadBack = order.Cart.Version;
            var (move, next) = ConversationTable.Find(order.Phase, Signal.CartReadBack);
            order.Phase = next;
            answer.Say(move == Move.AskToConfirm ? Wording.Confirm : Wording.Placed(order.OrderNumber));
        }
        else if (!answer.EndsWithQuestion)
        {
            answer.Say(Wording.WhatElse);
        }
    }

    /// <summary>Reads the cart back before it may be confirmed; an open question comes first.</summary>
    public void ReadBack(Answer answer)
    {
        if (order.Questions.TryPeek(out var open))
        {
            answer.Say(open.Text);
        }
        else
        {
            answer.Call(new PlannedCall(ToolNames.ReadCart) { IsReadBack = true });
        }
    }
}
