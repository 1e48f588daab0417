using System.Text.RegularExpressions;

namespace VoiceOrdering.Realtime.Simulator.Agent;

/// <summary>
/// What a caller says of vouchers, of their phone number and of "the usual", and their answers to what the tools asked about them. It names nothing of the menu, so it
/// is taken before a sentence is read as an order. Only as far as the session offers the tools.
/// </summary>
internal sealed partial class CustomerTalk(OrderState order)
{
    private const int ShortestNumber = 7;
    private const int LongestAnswer = 4;
    private const string Usual = "usual";
    private const string Last = "last";

    private Awaited _awaited;
    private string? _wanted;
    private bool _isKnown;
    private Offer? _offer;

    private enum Awaited
    {
        Nothing,
        Code,
        Phone,
    }

    /// <summary>True when the sentence was about this and is answered.</summary>
    public bool TryTake(string words, AgentKnowledge knowledge, Answer answer)
    {
        if (TakeOffer(words, answer))
        {
            return true;
        }

        var digits = SpokenDigits.Read(words);
        var awaited = _awaited;
        _awaited = Awaited.Nothing;
        if (knowledge.FindTool(ToolNames.ApplyVoucher) is not null && (VoucherWords().IsMatch(words) || (awaited == Awaited.Code && digits.Length >= ShortestNumber)))
        {
            TakeVoucher(words, digits, answer);
            return true;
        }

        if (knowledge.FindTool(ToolNames.LookUpCustomer) is null)
        {
            return false;
        }

        if (UsualWords().Match(words) is { Success: true } usual)
        {
            TakeUsual(usual.Groups["last"].Success ? Last : Usual, answer);
            return true;
        }

        if (!PhoneWords().IsMatch(words) && !(awaited == Awaited.Phone && digits.Length >= ShortestNumber))
        {
            return false;
        }

        TakePhone(digits, answer);
        return true;
    }

    /// <summary>What follows from a tool's answer beside its words; true when the words need not be said.</summary>
    public bool TakeResult(PlannedCall planned, ToolResult result, Answer answer)
    {
        switch (planned.Tool)
        {
            case ToolNames.LookUpCustomer when !result.IsRefused:
                _isKnown = true;
                if (_wanted is { } which)
                {
                    _wanted = null;
                    answer.Call(new PlannedCall(ToolNames.OrderUsual) { Which = which });
                    return true;
                }

                var offered = result.Say.Contains("the usual", StringComparison.OrdinalIgnoreCase) ? Usual : result.Say.EndsWith("again?", StringComparison.Ordinal) ? Last : null;
                _offer = offered is null ? null : new Offer(new PlannedCall(ToolNames.OrderUsual) { Which = offered }, null);
                return false;
            case ToolNames.LookUpCustomer when result.Code == "PHONE_INVALID":
                _awaited = Awaited.Phone;
                return false;
            case ToolNames.ApplyVoucher when result.Code == "VOUCHER_CODE_INVALID":
                _awaited = Awaited.Code;
                return false;
            case ToolNames.SubmitOrder when result.Code == "PRICE_CHANGED":
                _offer = new Offer(new PlannedCall(ToolNames.ConfirmPrices), null);
                return false;
            case ToolNames.AddItem or ToolNames.ChangeLine when result.Say.Contains("Please note:", StringComparison.Ordinal) && order.LastLineId is { } line:
                _offer = new Offer(null, new PlannedCall(ToolNames.RemoveLine) { LineId = line });
                return false;
            default:
                return false;
        }
    }

    private bool TakeOffer(string words, Answer answer)
    {
        var offer = _offer;
        _offer = null;
        if (offer is null || (!YesWords().IsMatch(words) && !NoWords().IsMatch(words)))
        {
            return false;
        }

        if ((NoWords().IsMatch(words) ? offer.OnNo : offer.OnYes) is not { } call)
        {
            return false;
        }

        Edit(call, answer);
        // "Yes, and a cola": the rest is an order like any other.
        return words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length <= LongestAnswer;
    }

    private void TakeVoucher(string words, string digits, Answer answer)
    {
        if (digits.Length < ShortestNumber && OffWords().IsMatch(words))
        {
            Edit(new PlannedCall(ToolNames.RemoveVoucher), answer);
        }
        else if (digits.Length < ShortestNumber)
        {
            _awaited = Awaited.Code;
            answer.Say(Wording.WhichCode);
        }
        else
        {
            Edit(new PlannedCall(ToolNames.ApplyVoucher) { Code = digits }, answer);
        }
    }

    private void TakeUsual(string which, Answer answer)
    {
        if (_isKnown)
        {
            Edit(new PlannedCall(ToolNames.OrderUsual) { Which = which }, answer);
            return;
        }

        _wanted = which;
        _awaited = Awaited.Phone;
        answer.Say(Wording.WhichNumber);
    }

    private void TakePhone(string digits, Answer answer)
    {
        if (digits.Length >= ShortestNumber)
        {
            answer.Call(new PlannedCall(ToolNames.LookUpCustomer) { Phone = digits });
            return;
        }

        _awaited = Awaited.Phone;
        answer.Say(Wording.WhichNumber);
    }

    // What was read back before is no longer what would be ordered.
    private void Edit(PlannedCall call, Answer answer)
    {
        order.Phase = ConversationTable.Find(order.Phase, Signal.Edits).Next;
        answer.Call(call);
    }

    /// <summary>What a yes or a no to the last question leads to; null for nothing.</summary>
    private sealed record Offer(PlannedCall? OnYes, PlannedCall? OnNo);

    [GeneratedRegex(@"\b(voucher|coupon|gift card|gift code|promo code|discount code)\b", RegexOptions.IgnoreCase)]
    private static partial Regex VoucherWords();

    [GeneratedRegex(@"\b(remove|take off|take the .* off|without|forget|don't use|do not use)\b", RegexOptions.IgnoreCase)]
    private static partial Regex OffWords();

    [GeneratedRegex(@"\b(phone number|my number|telephone number|cell number)\b", RegexOptions.IgnoreCase)]
    private static partial Regex PhoneWords();

    [GeneratedRegex(@"\b(my usual|the usual|what i always (have|get|order)|(?<last>same as last time|same again|what i had last time|my last order))\b", RegexOptions.IgnoreCase)]
    private static partial Regex UsualWords();

    [GeneratedRegex(@"^\W*(yes|yeah|yep|yup|sure|okay|ok|please|correct|right|of course|fine|that's (fine|right|ok|okay)|that is (fine|right))\b", RegexOptions.IgnoreCase)]
    private static partial Regex YesWords();

    [GeneratedRegex(@"^\W*(no|nope|nah|rather not|better not|don't)\b", RegexOptions.IgnoreCase)]
    private static partial Regex NoWords();
}
