using VoiceOrdering.Grains.Restaurants.Matching;

namespace VoiceOrdering.Grains.Sessions.Tools;

/// <summary>Tells what is in the cart.</summary>
internal sealed class ReadCartTool : IOrderingTool
{
    public string Name => "read_cart";

    public string Description => "Reads the order as it stands, with the total. Use it before reading the order back to the customer.";

    public ToolSchema SchemaFor(MenuIndex menu, Limits limits) => new();

    public async Task<ToolResult> RunAsync(ToolScene scene, ToolArguments arguments)
    {
        if (arguments.Fault is { } fault) return ToolResult.Refuse(Refusals.ToolArgumentsInvalid(fault));
        var cart = await scene.Cart.ViewAsync(scene.Caller);
        return cart.IsOk ? new ToolResult(ToolOutput.Done(LineSpeech.ReadBack(cart.Value), cart.Value)) : ToolResult.Refuse(cart.Refusal);
    }
}
