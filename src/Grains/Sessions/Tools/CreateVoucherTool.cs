using VoiceOrdering.Flags;
using VoiceOrdering.Grains.Restaurants.Matching;
using VoiceOrdering.Grains.Vouchers;
using VoiceOrdering.Pricing;

namespace VoiceOrdering.Grains.Sessions.Tools;

/// <summary>Gives the customer the restaurant's goodwill voucher. How much it is worth is the restaurant's setting, never the model's word.</summary>
internal sealed class CreateVoucherTool : IOrderingTool
{
    public string Name => "create_voucher";

    public string Description => "Gives the customer a voucher for a mishap of ours (wrong, late or missing food). Its amount is fixed and there is one a month. "
        + "The customer must have been looked up by phone number. Not for haggling.";

    public string? Flag => FlagNames.FeatureAgentVouchers;

    public ToolSchema SchemaFor(MenuIndex menu, Limits limits) => new();

    public async Task<ToolResult> RunAsync(ToolScene scene, ToolArguments arguments)
    {
        if (arguments.Fault is { } fault) return ToolResult.Refuse(Refusals.ToolArgumentsInvalid(fault));
        var cart = await scene.Cart.ViewAsync(scene.Caller);
        if (!cart.IsOk) return ToolResult.Refuse(cart.Refusal);
        if (cart.Value.CustomerId is not { } customer) return ToolResult.Refuse(Refusals.NumberMissing());
        var issued = await scene.Vouchers.IssueGoodwillAsync(scene.Caller, customer);
        if (!issued.IsOk) return ToolResult.Refuse(issued.Refusal);
        var terms = issued.Value.Terms;
        return new ToolResult(ToolOutput.Done(
            $"We are sorry for that. You have a voucher of {Speech.Price(new Money(terms.Value, terms.Currency))} for your next order. Its code is {VoucherCodes.Spaced(terms.Code)}."));
    }
}
