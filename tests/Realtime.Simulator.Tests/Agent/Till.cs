using System.Text.Json;
using System.Text.Json.Nodes;
using Shouldly;
using VoiceOrdering.Realtime.Simulator.Agent;

namespace VoiceOrdering.Realtime.Simulator.Tests.Agent;

/// <summary>Answers the ordering functions over a sample menu the way the product does: same JSON, same refusals, strict about ids.</summary>
internal sealed class Till(Menu menu)
{
    private readonly List<JsonObject> _lines = [];
    private int _nextLine = 1;
    private int _version;
    private bool _hasNewPrice;

    public List<string> Calls { get; } = [];

    /// <summary>Codes, numbers and wishes that were passed on.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>What every line contains that the customer must be told of.</summary>
    public string? Allergen { get; set; }

    public int? SubmittedVersion { get; private set; }

    public int Version => _version;

    public string Lines => string.Join("; ", _lines.Select(line =>
        $"{line["quantity"]} {line["item"]}{Text(line["size"], " ")}{Ids(line["options"], " +")}{Ids(line["without"], " -")}"));

    /// <summary>Changes the cart behind the agent's back, as a click on the page does.</summary>
    public string ChangeByHand()
    {
        _lines[0]["quantity"] = 9;
        _version++;
        return Accept("");
    }

    /// <summary>Makes the next submission wait for a yes to new prices.</summary>
    public void ChangePrice() => _hasNewPrice = true;

    public string Call(string name, string argumentsJson)
    {
        Calls.Add(name);
        var arguments = JsonNode.Parse(argumentsJson)!.AsObject();
        return name switch
        {
            "add_item" => Add(arguments),
            "change_line" => Change(arguments),
            "remove_line" => Remove(arguments),
            "read_cart" => _lines.Count == 0 ? Refuse("CART_EMPTY", "Your cart is empty.") : Accept($"You have {Spoken()}."),
            "search_menu" => Accept(""),
            "submit_order" => Submit(arguments),
            "end_call" => Accept(""),
            "confirm_prices" => ConfirmPrices(),
            "apply_voucher" => ApplyVoucher(Ask(arguments, "code")),
            "remove_voucher" => Bump("Off."),
            "look_up_customer" => Ask(arguments, "phone").Length > 0 ? Accept("Welcome back. Would you like the usual, 1 Cola?") : "",
            "order_usual" => OrderBefore(Ask(arguments, "which")),
            _ => Refuse("TOOL_UNKNOWN", "?"),
        };
    }

    private string Ask(JsonObject arguments, string name)
    {
        Asked.Add((string)arguments[name]!);
        return Asked[^1];
    }

    private string Bump(string say)
    {
        _version++;
        return Accept(say);
    }

    private string OrderBefore(string which)
    {
        _lines.Add(new JsonObject { ["line_id"] = $"l{_nextLine++}", ["item"] = "cola", ["name"] = "Cola", ["size"] = null, ["options"] = new JsonArray(), ["without"] = new JsonArray(), ["quantity"] = 1 });
        return Bump(which == "usual" ? "Usual." : "Last.");
    }

    private string ApplyVoucher(string code) => code.All(digit => digit == '0') ? Refuse("VOUCHER_CODE_INVALID", "Its digits again, please?") : Bump($"Voucher {code} counts.");

    private string ConfirmPrices()
    {
        _hasNewPrice = false;
        return Bump("Agreed.");
    }

    private string Add(JsonObject arguments)
    {
        var item = menu.Find((string)arguments["item"]!) ?? throw new InvalidOperationException(arguments.ToJsonString());
        var line = new JsonObject
        {
            ["line_id"] = $"l{_nextLine}",
            ["item"] = item.Id,
            ["name"] = item.Name,
            ["size"] = (string?)arguments["size"],
            ["options"] = arguments["options"]?.DeepClone() ?? new JsonArray(),
            ["without"] = arguments["without"]?.DeepClone() ?? new JsonArray(),
            ["quantity"] = (int)arguments["quantity"]!,
        };
        ((string?)arguments["heard"]).ShouldNotBeEmpty();
        if (Check(item, line) is { } refusal)
        {
            return refusal;
        }

        _nextLine++;
        _lines.Add(line);
        _version++;
        return Accept($"{line["quantity"]} {item.Name}.{(Allergen is null ? "" : $" Please note: it contains {Allergen}. Is that all right?")}");
    }

    private string Change(JsonObject arguments)
    {
        var line = _lines.Single(each => (string)each["line_id"]! == (string)arguments["line_id"]!);
        var changed = line.DeepClone().AsObject();
        changed["quantity"] = (int?)arguments["quantity"] ?? (int)line["quantity"]!;
        changed["size"] = (string?)arguments["size"] ?? (string?)line["size"];
        var removed = List(arguments["without"]);
        var added = List(arguments["options"]);
        changed["options"] = Array(List(line["options"]).Except(removed).Union(added));
        changed["without"] = Array(List(line["without"]).Except(added).Union(removed.Except(List(line["options"]))));
        if (Check(menu.Find((string)line["item"]!)!, changed) is { } refusal)
        {
            return refusal;
        }

        _lines[_lines.IndexOf(line)] = changed;
        _version++;
        return Accept("Changed.");
    }

    private string Remove(JsonObject arguments)
    {
        _lines.RemoveAll(each => (string)each["line_id"]! == (string)arguments["line_id"]!).ShouldBe(1);
        _version++;
        return Accept("Removed.");
    }

    private string Submit(JsonObject arguments)
    {
        if ((int)arguments["cart_version"]! != _version)
        {
            return Refuse("CART_VERSION_CONFLICT", "Your order changed meanwhile.");
        }

        if (_hasNewPrice)
        {
            return Refuse("PRICE_CHANGED", "The price is 3 dollars now. Is that all right?");
        }

        SubmittedVersion = _version;
        return """{"ok":true,"say":"Thank you.","order":{"number":"A17"}}""";
    }

    private static string? Check(MenuItem item, JsonObject line)
    {
        var size = (string?)line["size"];
        if (size is null && item.Sizes.Count > 0)
        {
            if (item.Sizes.FirstOrDefault(each => each.IsDefault) is not { } standard)
            {
                return Refuse("SIZE_REQUIRED", "Which size would you like?");
            }

            line["size"] = standard.Id;
        }
        else if (size is not null && item.FindSize(size) is null)
        {
            return Refuse("SIZE_UNKNOWN", "That size is not on the menu.");
        }

        var options = List(line["options"]);
        if (options.Concat(List(line["without"])).FirstOrDefault(id => item.FindOption(id) is null) is { } unknown)
        {
            return Refuse("OPTION_UNKNOWN", $"{item.Name} has no {unknown}.");
        }

        return item.Groups.FirstOrDefault(group => group.Options.Count(option => options.Contains(option.Id)) < group.Min) is { } open
            ? Refuse("OPTION_REQUIRED", $"Which {open.Name.ToLowerInvariant()} would you like?")
            : null;
    }

    private string Accept(string say) => new JsonObject
    {
        ["ok"] = true,
        ["say"] = say,
        ["cart"] = new JsonObject
        {
            ["version"] = _version,
            ["lines"] = new JsonArray([.. _lines.Select(line => line.DeepClone())]),
            ["total_minor"] = 1234,
            ["currency"] = "USD",
        },
    }.ToJsonString();

    private static string Refuse(string code, string say) => JsonSerializer.Serialize(new { ok = false, code, say });

    private string Spoken() => string.Join(" and ", _lines.Select(line => $"{line["quantity"]} {line["name"]}"));

    private static List<string> List(JsonNode? ids) => ids is JsonArray array ? [.. array.Select(id => (string)id!)] : [];

    private static JsonArray Array(IEnumerable<string> ids) => [.. ids.Select(id => JsonValue.Create(id))];

    private static string Text(JsonNode? value, string before) => value is null ? "" : before + value;

    private static string Ids(JsonNode? ids, string before) => string.Concat(List(ids).Select(id => before + id));
}
