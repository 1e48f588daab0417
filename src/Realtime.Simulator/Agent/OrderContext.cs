namespace VoiceOrdering.Realtime.Simulator.Agent;

/// <summary>What is known when a sentence arrives; "cola" is a drink of the meal asked about, or a line of its own.</summary>
/// <param name="CartItemIds">Items with a line in the cart.</param>
/// <param name="AskedItem">The item whose missing choice was asked for last.</param>
internal sealed record OrderContext(IReadOnlySet<string> CartItemIds, MenuItem? AskedItem)
{
    public static OrderContext None { get; } = new(new HashSet<string>(), null);

    public bool HasInCart(Element element) => element.Items.Any(item => CartItemIds.Contains(item.Id));
}
