using System.Text.Json;
using System.Text.Json.Nodes;
using VoiceOrdering.Realtime.Simulator.Models;

namespace VoiceOrdering.Realtime.Simulator.Agent;

/// <summary>A function call the agent means to make, before it is written in the arguments of the session's tool.</summary>
internal sealed record PlannedCall(string Tool)
{
    public MenuItem? Item { get; init; }

    public string? LineId { get; init; }

    public int? Quantity { get; init; }

    public string? SizeId { get; init; }

    public IReadOnlyList<string> Options { get; init; } = [];

    public IReadOnlyList<string> Without { get; init; } = [];

    public string? Heard { get; init; }

    public string? Query { get; init; }

    public long? CartVersion { get; init; }

    public string? Reason { get; init; }

    /// <summary>A voucher's digits.</summary>
    public string? Code { get; init; }

    /// <summary>A caller's phone number in digits.</summary>
    public string? Phone { get; init; }

    /// <summary>Which earlier order: "usual" or "last".</summary>
    public string? Which { get; init; }

    /// <summary>True when an order is placed after this cart was read back.</summary>
    public bool IsReadBack { get; init; }

    /// <summary>Items that fit the caller's words when there are several; the search tells them apart.</summary>
    public IReadOnlyList<MenuItem> Candidates { get; init; } = [];

    public bool IsEdit => Tool is ToolNames.AddItem or ToolNames.ChangeLine or ToolNames.RemoveLine
        or ToolNames.ApplyVoucher or ToolNames.RemoveVoucher or ToolNames.OrderUsual or ToolNames.ConfirmPrices;

    /// <summary>The arguments the tool's schema knows; what it requires and nobody said is sent empty.</summary>
    public string WriteArguments(ToolDefinition tool)
    {
        var values = new JsonObject
        {
            ["item"] = Tool == ToolNames.AddItem ? Item?.Id : null,
            ["line_id"] = LineId,
            ["quantity"] = Quantity,
            ["size"] = SizeId,
            ["options"] = Options.Count > 0 ? new JsonArray([.. Options.Select(id => JsonValue.Create(id))]) : null,
            ["without"] = Without.Count > 0 ? new JsonArray([.. Without.Select(id => JsonValue.Create(id))]) : null,
            ["heard"] = Heard,
            ["query"] = Query,
            ["cart_version"] = CartVersion,
            ["reason"] = Reason,
            ["code"] = Code,
            ["phone"] = Phone,
            ["which"] = Which,
        };
        using var schema = JsonDocument.Parse(tool.ParametersJson);
        var hasProperties = schema.RootElement.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object;
        var required = schema.RootElement.TryGetProperty("required", out var names) && names.ValueKind == JsonValueKind.Array
            ? names.EnumerateArray().Select(name => name.GetString()).ToHashSet(StringComparer.Ordinal)
            : [];
        var arguments = new JsonObject();
        foreach (var (name, value) in values.ToArray())
        {
            if (hasProperties && !properties.TryGetProperty(name, out _))
            {
                continue;
            }

            if (value is not null || required.Contains(name))
            {
                arguments[name] = value?.DeepClone() ?? (name is "options" or "without" ? new JsonArray() : null);
            }
        }

        return arguments.ToJsonString();
    }
}

/// <summary>The functions the agent knows how to use; a session may offer fewer.</summary>
internal static class ToolNames
{
    public const string AddItem = "add_item";
    public const string ChangeLine = "change_line";
    public const string RemoveLine = "remove_line";
    public const string ReadCart = "read_cart";
    public const string SearchMenu = "search_menu";
    public const string SubmitOrder = "submit_order";
    public const string EndCall = "end_call";
    public const string ConfirmPrices = "confirm_prices";
    public const string ApplyVoucher = "apply_voucher";
    public const string RemoveVoucher = "remove_voucher";
    public const string LookUpCustomer = "look_up_customer";
    public const string OrderUsual = "order_usual";
}
