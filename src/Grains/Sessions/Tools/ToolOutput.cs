using System.Text.Json.Nodes;
using VoiceOrdering.Carts;
using VoiceOrdering.Json;

namespace VoiceOrdering.Grains.Sessions.Tools;

/// <summary>Answers to the model as JSON (docs/reference/tools.md).</summary>
internal static class ToolOutput
{
    public static string Refused(Refusal refusal)
    {
        var output = new JsonObject { ["ok"] = false, ["code"] = refusal.Code, ["say"] = refusal.Sentence };
        if (refusal.Choices.Count > 0) output["choices"] = Texts(refusal.Choices);
        return Write(output);
    }

    public static string Done(string say) => Write(new JsonObject { ["ok"] = true, ["say"] = say });

    public static string Done(string say, CartView cart) => Write(new JsonObject { ["ok"] = true, ["say"] = say, ["cart"] = CartNode(cart) });

    public static string Done(string say, string name, JsonNode value) => Write(new JsonObject { ["ok"] = true, ["say"] = say, [name] = value });

    public static string Ordered(string say, string number) =>
        Write(new JsonObject { ["ok"] = true, ["say"] = say, ["order"] = new JsonObject { ["number"] = number } });

    /// <summary>The cart as the model sees it: ids, amounts in minor units, nothing it could mistake for an instruction.</summary>
    public static JsonObject CartNode(CartView cart)
    {
        var node = Amounts(cart);
        // Only where there is something to tell, so that a cart without them costs no tokens.
        if (cart.Voucher is not null) node["discount_minor"] = cart.Discount.AmountMinor;
        if (cart.CustomerAllergens.Count > 0) node["customer_allergens"] = Texts(cart.CustomerAllergens);
        return node;
    }

    private static JsonObject Amounts(CartView cart) => new()
    {
        ["version"] = cart.Version,
        ["lines"] = new JsonArray(cart.Lines.Select(LineNode).ToArray<JsonNode?>()),
        ["subtotal_minor"] = cart.Subtotal.AmountMinor,
        ["tax_minor"] = cart.Tax.AmountMinor,
        ["total_minor"] = cart.Total.AmountMinor,
        ["currency"] = cart.Total.Currency,
    };

    public static JsonArray Texts(IEnumerable<string> texts) => new(texts.Select(text => (JsonNode?)JsonValue.Create(text)).ToArray());

    private static JsonObject LineNode(CartLine line)
    {
        var node = new JsonObject { ["line_id"] = line.LineId, ["item"] = line.ItemId, ["name"] = line.Name };
        if (line.Size is not null) node["size"] = line.Size;
        node["options"] = Texts(line.Options.Select(option => option.Id));
        node["without"] = Texts(line.Without.Select(option => option.Id));
        if (line.Amounts.Count > 0) node["amounts"] = new JsonArray(line.Amounts.Select(amount => (JsonNode?)new JsonObject { ["option"] = amount.Id, ["amount"] = amount.Amount }).ToArray());
        if (line.Requests.Count > 0) node["requests"] = Texts(line.Requests.Select(wish => $"{wish.Kind} {wish.Subject}"));
        node["quantity"] = line.Quantity;
        node["line_total_minor"] = line.LinePrice.AmountMinor;
        if (line.Notice is { } notice) node["notice"] = notice.Sentence;
        return node;
    }

    private static string Write(JsonObject output) => output.ToJsonString(WireJson.Options);
}
