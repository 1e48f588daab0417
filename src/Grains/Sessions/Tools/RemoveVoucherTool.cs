using VoiceOrdering.Flags;
using VoiceOrdering.Grains.Restaurants.Matching;

namespace VoiceOrdering.Grains.Sessions.Tools;

/// <summary>Takes the voucher off the order again.</summary>
internal sealed class RemoveVoucherTool : IOrderingTool
{
    public string Name => "remove_voucher";

    public string Description => "Takes the voucher off this order; the customer can use it another time.";

    public string? Flag => FlagNames.FeatureAgentVouchers;

    public ToolSchema SchemaFor(MenuIndex menu, Limits limits) => new();

    public async Task<ToolResult> RunAsync(ToolScene scene, ToolArguments arguments)
    {
        if (arguments.Fault is { } fault) return ToolResult.Refuse(Refusals.ToolArgumentsInvalid(fault));
        var removed = await scene.Cart.RemoveVoucherAsync(scene.Caller, scene.Change);
        return removed.IsOk
            ? new ToolResult(ToolOutput.Done(LineSpeech.ReadBack(removed.Value), removed.Value)) { Changed = removed.Value }
            : ToolResult.Refuse(removed.Refusal);
    }
}
