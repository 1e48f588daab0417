using VoiceOrdering.Carts;
using VoiceOrdering.Grains.Restaurants.Matching;

namespace VoiceOrdering.Grains.Sessions.Tools;

/// <summary>Puts something into the cart.</summary>
internal sealed class AddItemTool : IOrderingTool
{
    public string Name => "add_item";

    public string Description => "Adds one menu item to the order. Call it once for every different item the customer asks for, as soon as they ask. "
        + "Leave out size and options the customer did not name; if something required is missing the answer says what to ask.";

    public ToolSchema SchemaFor(MenuIndex menu, Limits limits) => new ToolSchema()
        .OneOf("item", MenuValues.Items(menu), "Id of the item on the menu.")
        .OneOf("size", MenuValues.Sizes(menu), "Id of the size, only when the customer named one and the item has it.")
        .SomeOf("options", MenuValues.Options(menu), "Ids of the options the customer wants, of this item's groups. Do not list defaults.")
        .SomeOf("without", MenuValues.Options(menu), "Ids of options of this item the customer does not want, default or not.")
        .AmountsOf("amounts", MenuValues.Options(menu), "How much of an option, only when the customer said so. An option with an amount is on the item; it costs what the option costs, not more.")
        .Texts("requests", limits.RequestsPerLine, limits.RequestCharacters, "Wishes about something in the item that is none of its options, one each, in a few words: \"no onions\", \"dressing on the side\". Nothing else.")
        .Integer("quantity", 1, limits.QuantityPerLine, "How many.")
        .Text("heard", "The customer's own words that name this item, as you heard them, not the menu's name for it.")
        .Require("item", "quantity", "heard");

    public async Task<ToolResult> RunAsync(ToolScene scene, ToolArguments arguments)
    {
        var request = new LineRequest
        {
            ItemId = arguments.Text("item"),
            Size = arguments.OptionalText("size"),
            Options = arguments.Texts("options"),
            Without = arguments.Texts("without"),
            Amounts = arguments.Amounts("amounts"),
            Requests = arguments.Texts("requests"),
            Quantity = arguments.Integer("quantity"),
            Heard = arguments.Text("heard"),
        };
        if (arguments.Fault is { } fault) return ToolResult.Refuse(Refusals.ToolArgumentsInvalid(fault));
        var added = await scene.Cart.AddLineAsync(scene.Caller, scene.Change, request);
        if (!added.IsOk) return ToolResult.Refuse(added.Refusal);
        var cart = added.Value;
        // After a replay the cart may have moved on, even lost the line.
        var line = cart.Lines.LastOrDefault(line => line.ItemId == request.ItemId);
        var say = line is null ? LineSpeech.ReadBack(cart)
            : line.Confidence < scene.AcceptAt ? $"I understood {LineSpeech.Describe(line)}. Is that right?"
            : $"Added {LineSpeech.Describe(line)}.";
        if (line is not null) say += AllergenSpeech.After(cart, line);
        if (line?.Confidence is { } confidence) scene.Metrics.LineMatched(scene.AcceptAt, confidence >= scene.AcceptAt);
        return new ToolResult(ToolOutput.Done(say, cart)) { Changed = cart };
    }
}
