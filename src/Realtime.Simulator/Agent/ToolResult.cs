using System.Text.Json;

namespace VoiceOrdering.Realtime.Simulator.Agent;

/// <summary>A tool's answer as far as the agent needs it; anything that is not the agreed JSON counts as a sentence to say.</summary>
internal sealed record ToolResult(ToolVerdict Verdict, string Code, string Say, CartSnapshot? Cart, string OrderNumber)
{
    public bool IsRefused => Verdict == ToolVerdict.Refused;

    public static ToolResult Read(string output)
    {
        try
        {
            using var document = JsonDocument.Parse(output);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return new ToolResult(ToolVerdict.Accepted, "", root.ToString(), null, "");
            }

            var verdict = root.TryGetProperty("ok", out var ok) && ok.ValueKind == JsonValueKind.False ? ToolVerdict.Refused : ToolVerdict.Accepted;
            var cart = root.TryGetProperty("cart", out var cartElement) ? CartSnapshot.Read(cartElement) : null;
            var order = root.TryGetProperty("order", out var orderElement) && orderElement.ValueKind == JsonValueKind.Object
                && orderElement.TryGetProperty("number", out var number) ? number.ToString() : "";
            return new ToolResult(verdict, Text(root, "code"), Text(root, "say"), cart, order);
        }
        catch (JsonException)
        {
            return new ToolResult(ToolVerdict.Accepted, "", output, null, "");
        }
    }

    private static string Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}

internal enum ToolVerdict
{
    Accepted,
    Refused,
}
