using VoiceOrdering.Json;
using VoiceOrdering.Orders;

namespace VoiceOrdering.Silo.Storage.Orders;

/// <summary>What receivers are told of a new order, ready but for the number, which only the database can give.</summary>
/// <param name="Head">The JSON before the number.</param>
/// <param name="Tail">The JSON after it.</param>
internal sealed record OrderPayload(string Head, string Tail)
{
    // In a customer's text the quotation marks would be escaped.
    private const string Unnumbered = "\"number\":\"~\"";

    public static OrderPayload Of(OrderRow row, OrderView placed)
    {
        row.Number = "~";
        var json = WireJson.Write(row.ToView(placed));
        var number = json.IndexOf(Unnumbered, StringComparison.Ordinal) + Unnumbered.Length - 2;
        return new OrderPayload(json[..number], json[(number + 1)..]);
    }

    /// <summary>The whole, with a number of digits.</summary>
    public string With(string number) => string.Concat(Head, number, Tail);
}
