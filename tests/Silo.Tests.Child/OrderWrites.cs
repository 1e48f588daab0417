using VoiceOrdering.Carts;
using VoiceOrdering.Identity;
using VoiceOrdering.Orders;
using VoiceOrdering.Pricing;
using VoiceOrdering.Silo.Outbox;
using VoiceOrdering.Silo.Storage.Orders;
using VoiceOrdering.Silo.Storage.Relational;

namespace VoiceOrdering.Silo.Tests.Child;

/// <summary>Each caller submits orders, one after the other, with keys that a second run repeats.</summary>
public static class OrderWrites
{
    /// <summary>The restaurant of all orders.</summary>
    public static RestaurantId Restaurant { get; } = new("demo-burger");

    /// <summary>The key of a caller's order.</summary>
    public static string Key(int caller, int number) => $"key-{caller}-{number}";

    internal static Task RunAsync(RelationalDatabase database, int writes, int callers)
    {
        var store = new OrderStore(database, new OutboxSignal());
        return Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            for (var number = 1; number <= writes / callers; number++)
            {
                var result = await store.PlaceAsync(Placement(caller, number), CancellationToken.None);
                Acknowledgements.Tell($"{caller} {number} {result.Order.Number}");
            }
        })));
    }

    private static OrderPlacement Placement(int caller, int number)
    {
        static Money Usd(long minor) => new(minor, "USD");
        var line = new CartLine { LineId = "l1", ItemId = "fries", Name = "Fries", Quantity = number % 9 + 1, UnitPrice = Usd(299), LinePrice = Usd(299 * (number % 9 + 1)) };
        var order = new OrderView
        {
            Id = new OrderId($"ord_{caller}_{number}"),
            Number = "",
            Restaurant = Restaurant,
            Session = new SessionId($"ses_{caller}_{number}"),
            Lines = [line],
            Subtotal = line.LinePrice,
            Tax = Usd(0),
            Total = line.LinePrice,
            PlacedAt = new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero),
        };
        return new OrderPlacement(order, number, Key(caller, number), "print", "child");
    }
}
