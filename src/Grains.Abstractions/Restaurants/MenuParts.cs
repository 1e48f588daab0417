namespace VoiceOrdering.Restaurants;

/// <summary>A part of the day, such as breakfast. Times are local to the restaurant; an end before the beginning reaches into the next day.</summary>
/// <param name="Id">Slug, unique in the menu.</param>
/// <param name="Name">Shown and spoken name.</param>
/// <param name="From">Included.</param>
/// <param name="Until">Excluded; the same as <paramref name="From"/> means the whole day.</param>
/// <param name="Days">Days on which it begins; empty for all.</param>
[GenerateSerializer, Immutable, Alias("vo.DayPart")]
public sealed record DayPart(
    [property: Id(0)] string Id, [property: Id(1)] string Name, [property: Id(2)] TimeOnly From, [property: Id(3)] TimeOnly Until, [property: Id(4)] IReadOnlyList<DayOfWeek> Days);

/// <summary>A place in a combo that is filled with another item of the menu.</summary>
/// <param name="Id">Slug, unique among the item's slots and groups.</param>
/// <param name="Name">Shown and spoken name ("Drink").</param>
/// <param name="IsRequired">Whether it must be filled.</param>
/// <param name="Choices">What it can be filled with.</param>
[GenerateSerializer, Immutable, Alias("vo.ComboSlot")]
public sealed record ComboSlot([property: Id(0)] string Id, [property: Id(1)] string Name, [property: Id(2)] bool IsRequired, [property: Id(3)] IReadOnlyList<SlotChoice> Choices);

/// <summary>One item that fits a slot; its own options can be chosen with it.</summary>
/// <param name="ItemId">An item of the same menu that has no slots itself.</param>
/// <param name="SizeId">The size that belongs to the combo; null for an item without sizes or its default size.</param>
/// <param name="PriceDeltaMinor">Added to the combo's price, minor units.</param>
/// <param name="IsDefault">Taken when the customer names none; at most one of a slot.</param>
[GenerateSerializer, Immutable, Alias("vo.SlotChoice")]
public sealed record SlotChoice([property: Id(0)] string ItemId, [property: Id(1)] string? SizeId, [property: Id(2)] long PriceDeltaMinor, [property: Id(3)] bool IsDefault);

/// <summary>Why an item is not to be had now.</summary>
/// <param name="Reason">Which rule says so.</param>
/// <param name="BackAt">UTC instant of its return, when that is known.</param>
/// <param name="Served">Names of the day parts in which it is served; empty for other reasons.</param>
[GenerateSerializer, Immutable, Alias("vo.Unavailability")]
public sealed record Unavailability([property: Id(0)] UnavailableReason Reason, [property: Id(1)] DateTimeOffset? BackAt, [property: Id(2)] IReadOnlyList<string> Served);

/// <summary>Reasons for which an item is not to be had.</summary>
[GenerateSerializer, Alias("vo.UnavailableReason")]
public enum UnavailableReason
{
    /// <summary>The menu says so.</summary>
    Withdrawn = 0,
    /// <summary>Marked by staff ("86'd").</summary>
    SoldOut = 1,
    /// <summary>Not served at this time of day.</summary>
    DayPart = 2,
    /// <summary>Outside its dates.</summary>
    Season = 3,
}
