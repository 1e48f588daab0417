namespace VoiceOrdering.Load.Orders;

/// <summary>Everything that will be done to the product, made from a seed; the same seed makes the same plan.</summary>
internal sealed record OrderPlan(OrderLoad Load, IReadOnlyList<PlannedOrder> Orders, IReadOnlyList<TimeSpan> Kills, IReadOnlyList<PlannedOutage> Outages)
{
    /// <summary>Vouchers each restaurant issues; fewer than there are orders that want one, so that orders compete for them.</summary>
    public const int VouchersPerRestaurant = 4;

    private const int LongestOutageMs = 6_000;

    public static OrderPlan From(OrderLoad load)
    {
        var random = new Random(load.Seed);
        var orders = Enumerable.Range(1, load.Orders).Select(number => Order(number, load, random)).OrderBy(order => order.At).ToArray();
        // One kill in each part of the time, not right at its edges: a process needs a moment to live.
        var kills = Enumerable.Range(0, load.Kills).Select(part => load.Spread * ((part + 0.3 + (0.6 * random.NextDouble())) / load.Kills)).ToArray();
        var outages = Enumerable.Range(0, load.Outages)
            .Select(_ => new PlannedOutage(random.Next(load.Restaurants), load.Spread * random.NextDouble(), TimeSpan.FromMilliseconds(random.Next(200, LongestOutageMs)))).OrderBy(outage => outage.At).ToArray();
        return new OrderPlan(load, orders, kills, outages);
    }

    private static PlannedOrder Order(int number, OrderLoad load, Random random)
    {
        var restaurant = random.Next(load.Restaurants);
        var lines = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Line(random)).ToArray();
        return new PlannedOrder(number, restaurant, load.Spread * random.NextDouble(), lines)
        {
            // Most customers click once; some twice or more, before they have an answer.
            Submits = random.Next(10) switch { < 7 => 1, < 9 => 2, _ => 4 },
            Then = random.Next(12) switch { < 3 => "accepted", 3 => "cancelled", _ => null },
            Voucher = random.Next(3) == 0 ? random.Next(VouchersPerRestaurant) : null,
        };
    }

    private static PlannedLine Line(Random random)
    {
        var item = random.Next(ChainMenu.Items);
        string[] options = [.. ChainMenu.OptionIds.Where(_ => item < ChainMenu.ItemsWithOptions && random.Next(3) == 0)];
        return new PlannedLine(item, options, random.Next(1, 6));
    }
}

/// <summary>A customer's order.</summary>
/// <param name="Number">1 and up; part of its idempotency key.</param>
/// <param name="Restaurant">0 and up.</param>
/// <param name="At">When the customer begins, from the start of the run.</param>
/// <param name="Lines">What is ordered.</param>
internal sealed record PlannedOrder(int Number, int Restaurant, TimeSpan At, IReadOnlyList<PlannedLine> Lines)
{
    /// <summary>How many submissions of the same key are sent at once.</summary>
    public int Submits { get; init; } = 1;

    /// <summary>What the kitchen makes of it, <c>accepted</c> or <c>cancelled</c>, so that a change follows the order to the point of sale; null for nothing.</summary>
    public string? Then { get; init; }

    /// <summary>Index of the restaurant's voucher the customer tries; others may be faster. Null for none.</summary>
    public int? Voucher { get; init; }

    public string Key => $"load-{Number}";
}

/// <summary>One line.</summary>
/// <param name="Item">Index in the menu.</param>
/// <param name="Options">Option ids, sorted.</param>
/// <param name="Quantity">1 or more.</param>
internal sealed record PlannedLine(int Item, IReadOnlyList<string> Options, int Quantity);

/// <summary>A point of sale that is dead.</summary>
/// <param name="Restaurant">Whose.</param>
/// <param name="At">From the start of the run.</param>
/// <param name="For">How long.</param>
internal sealed record PlannedOutage(int Restaurant, TimeSpan At, TimeSpan For);
