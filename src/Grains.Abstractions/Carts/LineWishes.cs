namespace VoiceOrdering.Carts;

/// <summary>How much of an option that is on the line.</summary>
/// <param name="Id">Option id.</param>
/// <param name="Name">Name at the time of adding.</param>
/// <param name="Amount"><c>light</c>, <c>extra</c> or <c>side</c> (apart from the item). It never changes a price.</param>
[GenerateSerializer, Immutable, Alias("vo.ChosenAmount")]
public sealed record ChosenAmount([property: Id(0)] string Id, [property: Id(1)] string Name, [property: Id(2)] string Amount);

/// <summary>
/// A wish about something that is no choice of the item: told to the kitchen, without a price. Both members are ours: the subject is spelled as on the
/// menu, so that nobody's free text reaches a ticket.
/// </summary>
/// <param name="Kind"><c>none</c>, <c>light</c>, <c>extra</c> or <c>side</c>.</param>
/// <param name="Subject">Name of an option or item of the menu, or words of the item's own name or description.</param>
/// <param name="OptionId">The item's own option that is not wanted although nothing brings it; null for everything else.</param>
[GenerateSerializer, Immutable, Alias("vo.SpecialRequest")]
public sealed record SpecialRequest([property: Id(0)] string Kind, [property: Id(1)] string Subject, [property: Id(2)] string? OptionId = null);

/// <summary>The words for amounts in contracts, tools and tickets.</summary>
public static class OptionAmounts
{
    /// <summary>Nothing of it; only in a <see cref="SpecialRequest"/>.</summary>
    public const string None = "none";
    /// <summary>Less than usual.</summary>
    public const string Light = "light";
    /// <summary>As usual; takes an earlier amount back.</summary>
    public const string Regular = "regular";
    /// <summary>More than usual.</summary>
    public const string Extra = "extra";
    /// <summary>Apart from the item.</summary>
    public const string Side = "side";

    /// <summary>What can be asked of an option, sorted.</summary>
    public static IReadOnlyList<string> All { get; } = [Extra, Light, Regular, Side];
}
