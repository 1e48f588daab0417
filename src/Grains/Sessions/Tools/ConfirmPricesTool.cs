using VoiceOrdering.Grains.Restaurants.Matching;

namespace VoiceOrdering.Grains.Sessions.Tools;

/// <summary>Takes over prices that changed while the customer was ordering.</summary>
internal sealed class ConfirmPricesTool : IOrderingTool
{
    public string Name => "confirm_prices";

    public string Description => "Takes over lines as their notices say: at the new price, or without what is sold out. Only after you told the customer exactly that and they agreed.";

    public ToolSchema SchemaFor(MenuIndex menu, Limits limits) => new();

    public async Task<ToolResult> RunAsync(ToolScene scene, ToolArguments arguments)
    {
        if (arguments.Fault is { } fault) return ToolResult.Refuse(Refusals.ToolArgumentsInvalid(fault));
        var confirmed = await scene.Cart.ConfirmPricesAsync(scene.Caller, scene.Change);
        return confirmed.IsOk
            ? new ToolResult(ToolOutput.Done(LineSpeech.ReadBack(confirmed.Value), confirmed.Value)) { Changed = confirmed.Value }
            : ToolResult.Refuse(confirmed.Refusal);
    }
}
