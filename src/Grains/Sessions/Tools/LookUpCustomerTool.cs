using System.Globalization;
using System.Text.Json.Nodes;
using VoiceOrdering.Carts;
using VoiceOrdering.Customers;
using VoiceOrdering.Flags;
using VoiceOrdering.Grains.Restaurants.Matching;

namespace VoiceOrdering.Grains.Sessions.Tools;

/// <summary>Finds the customer by phone number and says what they had before.</summary>
/// <remarks>A spoken number proves nothing: the answer has what was ordered, but neither name nor number nor times.</remarks>
internal sealed class LookUpCustomerTool : IOrderingTool
{
    private const int ToldOrders = 3;

    public string Name => "look_up_customer";

    public string Description => "Looks a customer up by the phone number they say, for their last orders, \"the usual\" and their allergens. Only when they want that; nobody has to give a number.";

    public string? Flag => FlagNames.FeatureAgentCustomerLookUp;

    public ToolSchema SchemaFor(MenuIndex menu, Limits limits) => new ToolSchema()
        .Text("phone", "The customer's phone number in digits as they said it.")
        .Require("phone");

    public async Task<ToolResult> RunAsync(ToolScene scene, ToolArguments arguments)
    {
        var phone = arguments.Text("phone");
        if (arguments.Fault is { } fault) return ToolResult.Refuse(Refusals.ToolArgumentsInvalid(fault));
        var unknown = await scene.IsOnAsync(FlagNames.NewCustomerIdFlow) ? UnknownCustomer.Create : UnknownCustomer.Refuse;
        var bound = await scene.Cart.IdentifyAsync(scene.Caller, scene.Change, new IdentifyCustomer(phone, unknown));
        if (!bound.IsOk) return ToolResult.Refuse(bound.Refusal);
        var cart = bound.Value;
        var habits = await scene.Customers.RecallAsync(scene.Caller, cart.CustomerId!);
        if (!habits.IsOk) return ToolResult.Refuse(habits.Refusal);
        return new ToolResult(ToolOutput.Done(Say(habits.Value), "customer", Node(cart, habits.Value))) { Changed = cart };
    }

    private static string Say(CustomerHabits habits) => habits switch
    {
        { Usual.Count: > 0 } => $"Welcome back. Would you like the usual, {Lines(habits.Usual)}?",
        { LastOrders.Count: > 0 } => $"Welcome back. Last time you had {Lines(habits.LastOrders[0].Lines)}. The same again?",
        _ => "Thank you, I noted your number. What would you like?",
    };

    private static JsonObject Node(CartView cart, CustomerHabits habits) => new()
    {
        ["allergens"] = ToolOutput.Texts(cart.CustomerAllergens),
        ["usual"] = ToolOutput.Texts(habits.Usual.Select(LineSpeech.Describe)),
        ["last_orders"] = new JsonArray(habits.LastOrders.Take(ToldOrders).Select(order => (JsonNode?)ToolOutput.Texts(order.Lines.Select(LineSpeech.Describe))).ToArray()),
        ["orders_before"] = habits.LastOrders.Count.ToString(CultureInfo.InvariantCulture),
    };

    private static string Lines(IReadOnlyList<CartLine> lines) => string.Join(", ", lines.Select(LineSpeech.Describe));
}
