using VoiceOrdering.Flags;
using VoiceOrdering.Grains.Restaurants.Matching;

namespace VoiceOrdering.Grains.Sessions.Tools;

/// <summary>Voids a voucher of the customer's own, lost to somebody else for instance.</summary>
internal sealed class VoidVoucherTool : IOrderingTool
{
    public string Name => "void_voucher";

    public string Description => "Makes a voucher of the customer's own invalid for good, when they ask for that and said yes to it. The customer must have been looked up by phone number.";

    public string? Flag => FlagNames.FeatureAgentVouchers;

    public ToolSchema SchemaFor(MenuIndex menu, Limits limits) => new ToolSchema()
        .Text("code", "The twelve digits of the voucher as the customer said them.")
        .Require("code");

    public async Task<ToolResult> RunAsync(ToolScene scene, ToolArguments arguments)
    {
        var code = arguments.Text("code");
        if (arguments.Fault is { } fault) return ToolResult.Refuse(Refusals.ToolArgumentsInvalid(fault));
        var cart = await scene.Cart.ViewAsync(scene.Caller);
        if (!cart.IsOk) return ToolResult.Refuse(cart.Refusal);
        if (cart.Value.CustomerId is not { } customer) return ToolResult.Refuse(Refusals.NumberMissing());
        var voided = await scene.Vouchers.VoidOwnAsync(scene.Caller, customer, code);
        return voided.IsOk ? new ToolResult(ToolOutput.Done("That voucher is no longer valid.")) : ToolResult.Refuse(voided.Refusal);
    }
}
