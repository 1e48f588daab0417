using VoiceOrdering.Carts;
using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Carts;

/// <summary>Requests made from lines.</summary>
internal static class LineRequests
{
    /// <summary>What somebody would ask for who wants this line again. Wishes are left out: they travel as words or as they were understood.</summary>
    public static LineRequest Again(CartLine line) => new()
    {
        ItemId = line.ItemId,
        Size = line.Size,
        Options = line.Options.Select(option => option.Id).ToArray(),
        Without = line.Without.Select(option => option.Id).ToArray(),
        Quantity = line.Quantity,
        Amounts = line.Amounts.Select(amount => new OptionAmount(amount.Id, amount.Amount)).ToArray(),
    };
}
