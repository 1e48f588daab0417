using System.Text;
using VoiceOrdering.Grains.Sessions.Tools;
using VoiceOrdering.Json;
using VoiceOrdering.Sessions;

namespace VoiceOrdering.Grains.Sessions.Briefing;

/// <summary>What differs from call to call, as <c>key: value</c> lines at the very end of the instructions.</summary>
internal static class FactsBlock
{
    private const int SummaryTurns = 4;
    private const int SummaryTurnCharacters = 160;

    public static string Write(BriefSource source)
    {
        var text = new StringBuilder("<facts>");
        Add(text, "restaurant", source.Profile.Name);
        Add(text, "language", source.Language);
        Add(text, "greeting", source.Profile.Greeting);
        if (source.Settings is { } set)
        {
            if (!set.IsOpen) Add(text, "open", "no, orders cannot be placed now; say so at once and tell the hours");
            if (set.Settings.Hours.Count > 0) Add(text, "hours", string.Join(", ", set.Settings.Hours.Select(range => $"{range.Day} {range.From:HH\\:mm} to {range.Until:HH\\:mm}")));
            if (set.Settings.Notice.Length > 0) Add(text, "notice", set.Settings.Notice);
            if (set.Settings.Prompt.Length > 0) Add(text, "house", set.Settings.Prompt);
        }
        if (source.IsResumed)
        {
            Add(text, "cart", ToolOutput.CartNode(source.Cart).ToJsonString(WireJson.Options));
            Add(text, "summary", Summary(source));
        }
        return text.Append("\n</facts>").ToString();
    }

    private static string Summary(BriefSource source)
    {
        var parts = new List<string> { "The customer was interrupted and is back; go on without greeting again" };
        parts.Add(source.Cart.Order is not null ? "the order has been placed" : source.Cart.Lines.Count == 0 ? "nothing is ordered yet" : "the order so far is in the cart");
        parts.AddRange(source.Transcript.TakeLast(SummaryTurns).Select(Quote));
        return string.Join("; ", parts) + ".";
    }

    private static string Quote(TurnRecord turn)
    {
        var words = turn.Text.Length <= SummaryTurnCharacters ? turn.Text : turn.Text[..SummaryTurnCharacters] + "…";
        return $"{(turn.Role == "caller" ? "customer" : "you")} said \"{words.Replace('"', '\'')}\"";
    }

    // The customer's words end up here: they must stay one line and cannot close the block.
    private static void Add(StringBuilder text, string key, string value)
    {
        text.Append('\n').Append(key).Append(": ");
        foreach (var c in value) text.Append(char.IsControl(c) ? ' ' : c is '<' or '>' ? '\'' : c);
    }
}
