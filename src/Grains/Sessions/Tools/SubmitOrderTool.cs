using System.Globalization;
using VoiceOrdering.Carts;
using VoiceOrdering.Grains.Carts;
using VoiceOrdering.Grains.Restaurants.Matching;

namespace VoiceOrdering.Grains.Sessions.Tools;

/// <summary>Places the order.</summary>
internal sealed class SubmitOrderTool : IOrderingTool
{
    public string Name => "submit_order";

    public string Description => "Places the order. Only after you read the whole order with its total back and the customer said yes to exactly that.";

    public ToolSchema SchemaFor(MenuIndex menu, Limits limits) => new ToolSchema()
        .Integer("cart_version", 0, null, "Version of the cart that the customer agreed to, from the last answer with a cart.")
        .Require("cart_version");

    public async Task<ToolResult> RunAsync(ToolScene scene, ToolArguments arguments)
    {
        var version = arguments.Integer("cart_version");
        if (arguments.Fault is { } fault) return ToolResult.Refuse(Refusals.ToolArgumentsInvalid(fault));
        // A spoken double confirmation is the same submission: the cart's version is the key.
        var key = $"{scene.Session.Value}/{version.ToString(CultureInfo.InvariantCulture)}";
        var placed = await scene.Cart.SubmitAsync(scene.Caller, new SubmitCart(key, version, RequestFingerprint.Of("submit", key), scene.Via));
        if (!placed.IsOk) return ToolResult.Refuse(placed.Refusal);
        var order = placed.Value.Order;
        var say = $"Your order is placed. Your number is {order.Number}. The total is {Speech.Price(order.Total)}.";
        return new ToolResult(ToolOutput.Ordered(say, order.Number)) { Order = order };
    }
}
