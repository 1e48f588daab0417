using System.Text.Json.Nodes;
using VoiceOrdering.Grains.Restaurants.Matching;

namespace VoiceOrdering.Grains.Sessions.Tools;

/// <summary>Looks words up on the menu without changing anything.</summary>
internal sealed class SearchMenuTool : IOrderingTool
{
    public string Name => "search_menu";

    public string Description => "Looks words up on the menu when you are not sure which item the customer means, or for its allergens. It adds nothing to the order.";

    public ToolSchema SchemaFor(MenuIndex menu, Limits limits) => new ToolSchema()
        .Text("query", "The customer's words for what they look for.")
        .Require("query");

    public Task<ToolResult> RunAsync(ToolScene scene, ToolArguments arguments)
    {
        var query = arguments.Text("query");
        if (arguments.Fault is { } fault) return Task.FromResult(ToolResult.Refuse(Refusals.ToolArgumentsInvalid(fault)));
        var found = scene.Menu.Suggest(query, scene.Limits.RefusalChoices);
        var matches = new JsonArray(found.Select(suggestion => Match(scene.Menu.Find(suggestion.ItemId)!, suggestion.Confidence)).ToArray<JsonNode?>());
        var say = found.Length == 0 ? "There is nothing like that on our menu." : $"We have {Speech.AllOf([.. found.Take(scene.Limits.Suggestions).Select(suggestion => suggestion.Name)])}.";
        return Task.FromResult(new ToolResult(ToolOutput.Done(say, "matches", matches)));
    }

    private static JsonObject Match(IndexedItem item, double confidence)
    {
        var match = new JsonObject { ["item"] = item.Item.Id, ["name"] = item.Item.Name, ["confidence"] = confidence };
        if (item.Item.Sizes.Count == 0) match["price_minor"] = item.Item.PriceMinor;
        else match["sizes"] = new JsonArray(item.Item.Sizes.Select(size => (JsonNode?)new JsonObject { ["size"] = size.Id, ["price_minor"] = size.PriceMinor }).ToArray());
        match["allergens"] = ToolOutput.Texts(item.Item.Allergens);
        if (item.Item.Description.Length > 0) match["description"] = item.Item.Description;
        return match;
    }
}
