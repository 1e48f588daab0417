using System.Text.Json.Nodes;
using VoiceOrdering.Customers;
using VoiceOrdering.Grains.Restaurants.Matching;
using VoiceOrdering.Orders;

namespace VoiceOrdering.Grains.Sessions.Tools;

/// <summary>Says how far an order is: this call's, or the last one of the customer who was looked up.</summary>
internal sealed class OrderStatusTool : IOrderingTool
{
    public string Name => "order_status";

    public string Description => "Tells how far the customer's order is: the one of this call, or their last one once they were looked up.";

    public ToolSchema SchemaFor(MenuIndex menu, Limits limits) => new();

    public async Task<ToolResult> RunAsync(ToolScene scene, ToolArguments arguments)
    {
        if (arguments.Fault is { } fault) return ToolResult.Refuse(Refusals.ToolArgumentsInvalid(fault));
        var cart = await scene.Cart.ViewAsync(scene.Caller);
        if (!cart.IsOk) return ToolResult.Refuse(cart.Refusal);
        Outcome<OrderView> order = cart.Value switch
        {
            { Order: { } placed } => await scene.Grains.GetGrain<IOrderGrain>(placed.Value).ViewAsync(scene.Caller),
            { CustomerId: { } customer } => await scene.Customers.RecallAsync(scene.Caller, customer) is { IsOk: true, Value.LastOrders: [var last, ..] } ? last : Refusals.OrderUnknown(),
            _ => Refusals.OrderUnknown(),
        };
        if (!order.IsOk) return ToolResult.Refuse(order.Refusal);
        var (number, status) = (order.Value.Number, Speech.Lower(order.Value.Status.ToString()));
        var say = $"Order number {number} {Words(order.Value.Status)}.";
        return new ToolResult(ToolOutput.Done(say, "order", new JsonObject { ["number"] = number, ["status"] = status }));
    }

    private static string Words(OrderStatus status) => status switch
    {
        OrderStatus.Placed => "has been passed on to the kitchen",
        OrderStatus.Accepted => "has been accepted by the kitchen",
        OrderStatus.Preparing => "is being prepared",
        OrderStatus.Ready => "is ready",
        OrderStatus.Completed => "has been handed over",
        OrderStatus.Cancelled => "was cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };
}
