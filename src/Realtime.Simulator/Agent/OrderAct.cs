namespace VoiceOrdering.Realtime.Simulator.Agent;

/// <summary>One thing a caller's sentence asks for.</summary>
internal abstract record OrderAct;

/// <summary>A line to order. Several <see cref="Items"/> mean that the caller's words fit each of them.</summary>
/// <param name="Heard">The caller's own words for this line.</param>
internal sealed record AddLine(
    IReadOnlyList<MenuItem> Items,
    int? Quantity,
    string? SizeId,
    IReadOnlyList<string> Options,
    IReadOnlyList<string> Without,
    string Heard) : OrderAct;

/// <summary>A change of a line, or the answer to a question about one.</summary>
/// <param name="QuantityDelta">Added to the line's quantity when <paramref name="Quantity"/> is null.</param>
internal sealed record ChangeLine(
    LineReference Line,
    int? Quantity,
    int QuantityDelta,
    string? SizeId,
    IReadOnlyList<string> Options,
    IReadOnlyList<string> Without,
    string Heard) : OrderAct;

/// <summary>Takes a line away, or only <paramref name="Quantity"/> of it.</summary>
internal sealed record RemoveLine(LineReference Line, int? Quantity, string Heard) : OrderAct;

internal sealed record ReplaceLine(LineReference Line, AddLine Replacement) : OrderAct;

/// <summary>A question about the menu, in the caller's words without the question's own.</summary>
internal sealed record MenuQuestion(Cue Kind, string Query, IReadOnlyList<MenuItem> Items) : OrderAct;

/// <summary>Anything that moves the conversation and not the cart.</summary>
internal sealed record Steer(Cue Cue) : OrderAct;

/// <summary>Which line of the cart is meant; without items the one spoken of last.</summary>
internal sealed record LineReference(IReadOnlyList<MenuItem> Items)
{
    public static LineReference Last { get; } = new([]);
}
