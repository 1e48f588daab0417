using System.Globalization;
using System.Text.Json;

namespace VoiceOrdering.Realtime.Simulator.Agent;

/// <summary>The cart as the last tool answer told it; the agent never keeps a count of its own.</summary>
internal sealed record CartSnapshot(long Version, IReadOnlyList<CartSnapshotLine> Lines, long? TotalMinor, string Currency)
{
    public static CartSnapshot Empty { get; } = new(0, [], null, "");

    public bool IsEmpty => Lines.Count == 0;

    /// <summary>Reads the `cart` object of a tool answer; null when it is none.</summary>
    public static CartSnapshot? Read(JsonElement cart)
    {
        if (cart.ValueKind != JsonValueKind.Object
            || !cart.TryGetProperty("version", out var version) || !version.TryGetInt64(out var number)
            || !cart.TryGetProperty("lines", out var lines) || lines.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var total = cart.TryGetProperty("total_minor", out var minor) && minor.TryGetInt64(out var amount) ? amount : (long?)null;
        return new CartSnapshot(number, [.. lines.EnumerateArray().Select(ReadLine).OfType<CartSnapshotLine>()], total, Text(cart, "currency"));
    }

    /// <summary>Reads the first cart in a text that may hold other words too.</summary>
    public static CartSnapshot? ReadWithin(string text)
    {
        var start = text.IndexOf('{', StringComparison.Ordinal);
        var end = text.LastIndexOf('}');
        if (start < 0 || end < start)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(text[start..(end + 1)]);
            var root = document.RootElement;
            return root.TryGetProperty("cart", out var cart) ? Read(cart) : Read(root);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The line that a change from <paramref name="before"/> touched last; null when none did.</summary>
    public string? FindTouchedLine(CartSnapshot before) =>
        Lines.LastOrDefault(line => before.Lines.All(old => old != line))?.LineId;

    private static CartSnapshotLine? ReadLine(JsonElement line) =>
        line.ValueKind != JsonValueKind.Object || Text(line, "line_id").Length == 0
            ? null
            : new CartSnapshotLine(
                Text(line, "line_id"),
                Text(line, "item"),
                Text(line, "name"),
                Text(line, "size"),
                line.TryGetProperty("quantity", out var quantity) && quantity.TryGetInt32(out var count) ? count : 1,
                Ids(line, "options"),
                Ids(line, "without"));

    private static string Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value)
            ? value.ValueKind switch
            {
                JsonValueKind.String => value.GetString() ?? "",
                JsonValueKind.Number => value.GetDecimal().ToString(CultureInfo.InvariantCulture),
                _ => "",
            }
            : "";

    private static string Ids(JsonElement line, string name) =>
        line.TryGetProperty(name, out var ids) && ids.ValueKind == JsonValueKind.Array
            ? string.Join(' ', ids.EnumerateArray().Select(id => id.ValueKind == JsonValueKind.String ? id.GetString() : Text(id, "id")))
            : "";
}

/// <summary>One line; <see cref="Options"/> and <see cref="Without"/> are ids joined by blanks, so that lines compare by value.</summary>
internal sealed record CartSnapshotLine(string LineId, string ItemId, string Name, string Size, int Quantity, string Options, string Without);
