using System.Globalization;

namespace VoiceOrdering.Load.Orders;

/// <summary>
/// The menu of one restaurant of the chain, and what an order of it costs, computed here from its own numbers: no price differs as little as by chance between two
/// restaurants, half of them add the tax and half contain it.
/// </summary>
internal static class ChainMenu
{
    public const int Items = 8;
    public const int ItemsWithOptions = 5;

    public static IReadOnlyList<string> OptionIds { get; } = ["extra-bacon", "extra-cheese"];

    public static string Id(int restaurant) => string.Create(CultureInfo.InvariantCulture, $"load-{restaurant:000}");

    public static string User(int restaurant) => $"till@{Id(restaurant)}";

    public static string ItemId(int item) => string.Create(CultureInfo.InvariantCulture, $"dish-{(char)('a' + item)}");

    /// <summary>What a voucher of a restaurant is worth, in minor units; more than some orders cost.</summary>
    public static long VoucherMinor(int restaurant) => 1_500 + (13 * restaurant);

    /// <summary>
    /// What the customers of a restaurant pay for these lines, in minor units: decimal fractions, rounded once per tax class, half away from zero. A discount is taken off
    /// each class before tax by its share: rounded down, and the unit that is left goes to the class that lost more by rounding, of equals to drinks.
    /// </summary>
    public static long TotalMinor(int restaurant, IReadOnlyList<PlannedLine> lines, long discountMinor = 0)
    {
        decimal Sum(bool isDrink) => lines.Where(line => IsDrink(line.Item) == isDrink)
            .Sum(line => (PriceMinor(restaurant, line.Item) + line.Options.Sum(option => DeltaMinor(restaurant, option))) * line.Quantity);
        var (drinks, food) = (Sum(true), Sum(false));
        var discount = Math.Min(discountMinor, drinks + food);
        var share = discount * drinks / (drinks + food);
        var offDrinks = Math.Floor(share) + (share - Math.Floor(share) >= 0.5m ? 1 : 0);
        decimal WithTax(decimal sum, bool isDrink) => sum + (IsTaxIncluded(restaurant) ? 0 : Math.Round(sum * RateOf(restaurant, isDrink) / 10_000m, MidpointRounding.AwayFromZero));
        return (long)(WithTax(drinks - offDrinks, true) + WithTax(food - (discount - offDrinks), false));
    }

    /// <summary>What the lines of an order cost before a discount and tax.</summary>
    public static long SubtotalMinor(int restaurant, IReadOnlyList<PlannedLine> lines) =>
        lines.Sum(line => (PriceMinor(restaurant, line.Item) + line.Options.Sum(option => DeltaMinor(restaurant, option))) * line.Quantity);

    /// <summary>The menu as <c>PUT /api/v1/menu</c> takes it.</summary>
    public static object Json(int restaurant) => new
    {
        currency = IsTaxIncluded(restaurant) ? "EUR" : "USD",
        tax = new { included = IsTaxIncluded(restaurant), classes = new Dictionary<string, int> { ["food"] = RateOf(restaurant, isDrink: false), ["drinks"] = RateOf(restaurant, isDrink: true) } },
        categories = new[] { new { id = "all", name = "All", items = Enumerable.Range(0, Items).Select(item => Item(restaurant, item)).ToArray() } },
    };

    private static object Item(int restaurant, int item) => new
    {
        id = ItemId(item),
        name = $"Dish {(char)('A' + item)}",
        description = "",
        aliases = Array.Empty<string>(),
        priceMinor = PriceMinor(restaurant, item),
        sizes = Array.Empty<object>(),
        groups = item < ItemsWithOptions ? [Extras(restaurant)] : Array.Empty<object>(),
        taxClass = IsDrink(item) ? "drinks" : "food",
        allergens = Array.Empty<string>(),
        available = true,
    };

    private static object Extras(int restaurant) => new
    {
        id = "extras",
        name = "Extras",
        min = 0,
        max = 2,
        options = OptionIds.Select(option => new { id = option, name = option.Replace('-', ' '), priceDeltaMinor = DeltaMinor(restaurant, option), isDefault = false, aliases = Array.Empty<string>() }).ToArray(),
    };

    private static bool IsTaxIncluded(int restaurant) => restaurant % 2 == 1;

    private static bool IsDrink(int item) => item == Items - 1;

    private static long PriceMinor(int restaurant, int item) => 399 + (103 * item) + (7 * restaurant);

    private static long DeltaMinor(int restaurant, string option) => (option == OptionIds[0] ? 150 : 85) + restaurant;

    private static int RateOf(int restaurant, bool isDrink) => (isDrink ? 1_175 : 825) + (5 * restaurant);
}
