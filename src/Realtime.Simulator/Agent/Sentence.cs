namespace VoiceOrdering.Realtime.Simulator.Agent;

/// <summary>A caller's text with its words, so that a line can carry the caller's own wording.</summary>
internal sealed record Sentence(string Text, IReadOnlyList<Token> Tokens)
{
    public string Words(int firstToken, int endToken) =>
        firstToken >= endToken || firstToken >= Tokens.Count
            ? Text.Trim()
            : Text[Tokens[firstToken].Start..Tokens[Math.Min(endToken, Tokens.Count) - 1].End];

    public string Words(LineDraft draft) => Words(draft.FirstToken, draft.EndToken);

    public AddLine AsAddition(LineDraft draft) =>
        new(draft.Items, draft.Quantity, draft.SizeId, [.. draft.Options], [.. draft.Without], Words(draft));
}
