using VoiceOrdering.Flags;
using VoiceOrdering.Grains.Restaurants.Matching;
using VoiceOrdering.Pricing;

namespace VoiceOrdering.Grains.Sessions.Tools;

/// <summary>Takes a voucher on for the order; it is used up only when the order is placed.</summary>
internal sealed class ApplyVoucherTool : IOrderingTool
{
    public string Name => "apply_voucher";

    public string Description => "Takes a voucher on for this order when the customer gives its code. Never invent a code and never promise a discount before the answer.";

    public string? Flag => FlagNames.FeatureAgentVouchers;

    public ToolSchema SchemaFor(MenuIndex menu, Limits limits) => new ToolSchema()
        .Text("code", "The twelve digits of the voucher as the customer said them.")
        .Require("code");

    public async Task<ToolResult> RunAsync(ToolScene scene, ToolArguments arguments)
    {
        var code = arguments.Text("code");
        if (arguments.Fault is { } fault) return ToolResult.Refuse(Refusals.ToolArgumentsInvalid(fault));
        var applied = await scene.Cart.ApplyVoucherAsync(scene.Caller, scene.Change, code);
        if (!applied.IsOk) return ToolResult.Refuse(applied.Refusal);
        var cart = applied.Value;
        var say = cart.Voucher is { } voucher && cart.Subtotal.AmountMinor < voucher.MinimumMinor
            ? $"The voucher is noted. It counts from {Speech.Price(new Money(voucher.MinimumMinor, voucher.Currency))}."
            : $"The voucher takes {Speech.Price(cart.Discount)} off. {LineSpeech.ReadBack(cart)}";
        return new ToolResult(ToolOutput.Done(say, cart)) { Changed = cart };
    }
}
