using VoiceOrdering.Carts;

namespace VoiceOrdering.Grains.Sessions.Tools;

/// <summary>Lines and carts as sentences.</summary>
internal static class LineSpeech
{
    /// <summary>For example "2 Double Classic Burger with extra Bacon, light Ice, without Onions".</summary>
    public static string Describe(CartLine line)
    {
        var size = line.SizeName is null ? "" : line.SizeName + " ";
        var chosen = line.Options.Select(option => WithAmount(line.Amounts.FirstOrDefault(amount => amount.Id == option.Id)?.Amount, option.Name));
        var included = line.Amounts.Where(amount => line.Options.All(option => option.Id != amount.Id)).Select(amount => WithAmount(amount.Amount, amount.Name));
        var wished = line.Requests.Where(wish => wish.Kind != OptionAmounts.None).Select(wish => WithAmount(wish.Kind, wish.Subject));
        var with = Join("with", chosen.Concat(included).Concat(wished));
        var without = Join("without", line.Without.Select(option => option.Name).Concat(line.Requests.Where(wish => wish.Kind == OptionAmounts.None).Select(wish => wish.Subject)));
        return $"{Speech.Count(line.Quantity)} {size}{line.Name}{(with.Length > 0 ? " " + with : "")}{(without.Length == 0 ? "" : (with.Length > 0 ? ", " : " ") + without)}";
    }

    public static string Total(CartView cart) => cart.Discount.AmountMinor > 0 ? $"{Sum(cart)} after {Speech.Price(cart.Discount)} off" : Sum(cart);

    private static string Sum(CartView cart) => cart.Tax.AmountMinor > 0 ? $"{Speech.Price(cart.Total)} with tax" : Speech.Price(cart.Total);

    public static string ReadBack(CartView cart) => cart.Lines.Count == 0
        ? "There is nothing in your order yet."
        : $"You have {string.Join("; ", cart.Lines.Select(Describe))}. That is {Total(cart)}.";

    /// <summary>A wish in words that would be understood again.</summary>
    public static string Words(SpecialRequest wish) => wish.Kind == OptionAmounts.None ? $"no {wish.Subject}" : WithAmount(wish.Kind, wish.Subject);

    private static string WithAmount(string? amount, string name) => amount switch
    {
        null => name,
        OptionAmounts.Side => $"{name} on the side",
        _ => $"{amount} {name}",
    };

    private static string Join(string word, IEnumerable<string> parts)
    {
        var names = parts.ToList();
        return names.Count switch
        {
            0 => "",
            1 => $"{word} {names[0]}",
            _ => $"{word} {string.Join(", ", names.Take(names.Count - 1))} and {names[^1]}",
        };
    }
}
