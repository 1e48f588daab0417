using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Restaurants;

/// <summary>Judges prices: each alone, and that no choice of options, and of items for a combo's slots, can bring an item's price below zero.</summary>
internal sealed class PriceValidation
{
    private const long HighestPriceMinor = 10_000_000;
    private readonly Dictionary<string, long> _discounts = new(StringComparer.Ordinal);

    public PriceValidation(Menu menu)
    {
        foreach (var item in menu.Categories.SelectMany(category => category.Items)) _discounts.TryAdd(item.Id, item.Groups.Sum(Discount));
    }

    public void Check(MenuItem item, string path, MenuFaults faults)
    {
        var discount = item.Groups.Sum(Discount) + item.Slots.Sum(slot => slot.Choices.Select(Discount).DefaultIfEmpty().Min());
        if (item.Sizes.Count == 0) CheckPrice(item.PriceMinor, discount, $"{path}/priceMinor", faults);
        for (var s = 0; s < item.Sizes.Count; s++) CheckPrice(item.Sizes[s].PriceMinor, discount, $"{path}/sizes/{s}/priceMinor", faults);
    }

    /// <summary>What an option or a slot's choice adds or takes off.</summary>
    public static void CheckDelta(long deltaMinor, string path, MenuFaults faults)
    {
        if (deltaMinor is < -HighestPriceMinor or > HighestPriceMinor) faults.Add(path, "PRICE_INVALID", $"A price is at most {HighestPriceMinor} minor units.");
    }

    private static void CheckPrice(long priceMinor, long discount, string path, MenuFaults faults)
    {
        if (priceMinor is < 0 or > HighestPriceMinor) faults.Add(path, "PRICE_INVALID", $"A price is 0 to {HighestPriceMinor} minor units.");
        else if (priceMinor + discount < 0) faults.Add(path, "PRICE_NEGATIVE", "With all cheaper options chosen the price would fall below zero.");
    }

    /// <summary>What all cheaper options of a group take off together: 0 or less.</summary>
    private static long Discount(OptionGroup group) => group.Options.Sum(option => Discount(option.PriceDeltaMinor) + option.Groups.Sum(Discount));

    /// <summary>What a choice takes off with the cheaper options of its item, which are ordered with it.</summary>
    private long Discount(SlotChoice choice) => Discount(choice.PriceDeltaMinor) + _discounts.GetValueOrDefault(choice.ItemId);

    // A difference out of range is a fault of its own; cut, so that no sum of them overflows.
    private static long Discount(long deltaMinor) => Math.Clamp(deltaMinor, -2 * HighestPriceMinor, 0);
}
