using VoiceOrdering.Carts;

namespace VoiceOrdering.Grains.Sessions.Tools;

/// <summary>Lines and carts as sentences.</summary>
internal static class LineSpeech
{
    /// <summary>For example "2 Double Classic Burger with Bacon, without Onions".</summary>
    public static string Describe(CartLine line)
    {
        var size = line.SizeName is null ? "" : line.SizeName + " ";
        var with = line.Options.Count == 0 ? "" : " with " + Join(line.Options);
        var without = line.Without.Count == 0 ? "" : (with.Length > 0 ? ", without " : " without ") + Join(line.Without);
        return $"{Speech.Count(line.Quantity)} {size}{line.Name}{with}{without}";
    }

    public static string Total(CartView cart) => cart.Discount.AmountMinor > 0 ? $"{Sum(cart)} after {Speech.Price(cart.Discount)} off" : Sum(cart);

    private static string Sum(CartView cart) => cart.Tax.AmountMinor > 0 ? $"{Speech.Price(cart.Total)} with tax" : Speech.Price(cart.Total);

    public static string ReadBack(CartView cart) => cart.Lines.Count == 0
        ? "There is nothing in your order yet."
        : $"You have {string.Join("; ", cart.Lines.Select(Describe))}. That is {Total(cart)}.";

    private static string Join(IReadOnlyList<ChosenOption> options)
    {
        var names = options.Select(option => option.Name).ToList();
        return names.Count == 1 ? names[0] : $"{string.Join(", ", names.Take(names.Count - 1))} and {names[^1]}";
    }
}
