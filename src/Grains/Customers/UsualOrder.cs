using VoiceOrdering.Carts;
using VoiceOrdering.Orders;

namespace VoiceOrdering.Grains.Customers;

/// <summary>What a customer has as a rule. Pure.</summary>
internal static class UsualOrder
{
    private const int AtLeast = 2;

    /// <summary>Lines of the order that came most often, at least twice; of equals the one ordered last. Empty when none did.</summary>
    /// <param name="orders">Newest first.</param>
    public static IReadOnlyList<CartLine> Of(IReadOnlyList<OrderView> orders)
    {
        // GroupBy keeps the order of first appearance, so that of equals the newest stands first; OrderBy is stable.
        var best = orders.Where(order => order.Lines.Count > 0).GroupBy(Signature, StringComparer.Ordinal).OrderByDescending(same => same.Count()).FirstOrDefault();
        return best is not null && best.Count() >= AtLeast ? best.First().Lines : [];
    }

    private static string Signature(OrderView order) => string.Join(';', order.Lines.Select(Signature).Order(StringComparer.Ordinal));

    private static string Signature(CartLine line) => string.Join('|', line.ItemId, line.Size, Ids(line.Options), Ids(line.Without), Amounts(line), line.Quantity.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static string Amounts(CartLine line) => string.Join(',', line.Amounts.Select(amount => $"{amount.Id}={amount.Amount}").Order(StringComparer.Ordinal));

    private static string Ids(IReadOnlyList<ChosenOption> options) => string.Join(',', options.Select(option => option.Id).Order(StringComparer.Ordinal));
}
