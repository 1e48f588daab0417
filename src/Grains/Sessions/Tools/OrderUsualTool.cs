using System.Globalization;
using VoiceOrdering.Carts;
using VoiceOrdering.Flags;
using VoiceOrdering.Grains.Carts;
using VoiceOrdering.Grains.Restaurants.Matching;

namespace VoiceOrdering.Grains.Sessions.Tools;

/// <summary>Puts what the customer had before into the cart, at today's prices and only as far as it can be had today.</summary>
internal sealed class OrderUsualTool : IOrderingTool
{
    private const string Usual = "usual";
    private const string Last = "last";

    public string Name => "order_usual";

    public string Description => "Adds the customer's usual order, or their last one, to the cart. Only after look_up_customer and when the customer wants exactly that.";

    public string? Flag => FlagNames.FeatureAgentCustomerLookUp;

    public ToolSchema SchemaFor(MenuIndex menu, Limits limits) => new ToolSchema()
        .OneOf("which", [Usual, Last], "\"usual\" for what they have most often, \"last\" for their last order.")
        .Require("which");

    public async Task<ToolResult> RunAsync(ToolScene scene, ToolArguments arguments)
    {
        var which = arguments.Text("which");
        if (arguments.Fault is { } fault) return ToolResult.Refuse(Refusals.ToolArgumentsInvalid(fault));
        if (which is not (Usual or Last)) return ToolResult.Refuse(Refusals.ToolArgumentsInvalid("\"which\" is \"usual\" or \"last\"."));
        var cart = await scene.Cart.ViewAsync(scene.Caller);
        if (!cart.IsOk) return ToolResult.Refuse(cart.Refusal);
        if (cart.Value.CustomerId is not { } customer) return ToolResult.Refuse(Refusals.NumberMissing());
        var habits = await scene.Customers.RecallAsync(scene.Caller, customer);
        if (!habits.IsOk) return ToolResult.Refuse(habits.Refusal);
        var lines = which == Usual ? habits.Value.Usual : habits.Value.LastOrders is [var last, ..] ? last.Lines : [];
        return lines.Count == 0 ? ToolResult.Refuse(Refusals.NothingUsual()) : await AddAsync(scene, lines, cart.Value);
    }

    private static async Task<ToolResult> AddAsync(ToolScene scene, IReadOnlyList<CartLine> lines, CartView cart)
    {
        var missing = new List<string>();
        Refusal? first = null;
        foreach (var (line, at) in lines.Select((line, at) => (line, at)))
        {
            // Each line has its own key below the call's: a repeated call adds what is missing and nothing twice.
            var change = new CartChange(string.Create(CultureInfo.InvariantCulture, $"{scene.CallId}/{at}"), null);
            var request = LineRequests.Again(line) with { Requests = line.Requests.Select(LineSpeech.Words).ToArray() };
            var added = await scene.Cart.AddLineAsync(scene.Caller, change, request);
            if (added.IsOk) cart = added.Value;
            else
            {
                first ??= added.Refusal;
                missing.Add(line.Name);
            }
        }
        if (missing.Count == lines.Count) return ToolResult.Refuse(first!);
        var say = missing.Count == 0 ? LineSpeech.ReadBack(cart) : $"{Speech.AllOf(missing)} cannot be had like last time. {LineSpeech.ReadBack(cart)}";
        return new ToolResult(ToolOutput.Done(say + AllergenSpeech.After(cart), cart)) { Changed = cart };
    }
}
