using System.Text.Json;
using VoiceOrdering.Api.Carts;
using VoiceOrdering.Api.Orders;
using VoiceOrdering.Api.Problems;
using VoiceOrdering.Carts;
using VoiceOrdering.Json;
using VoiceOrdering.Orders;
using VoiceOrdering.Sessions;

namespace VoiceOrdering.Api.Events;

/// <summary>Gives carts and orders inside events the shape they have in answers; all other events pass as the session made them.</summary>
internal static class SessionEventWire
{
    public static string DataOf(SessionEvent sessionEvent) => sessionEvent.Name switch
    {
        SessionEventNames.CartChanged => Write(CartBody.From(Read<CartView>(sessionEvent))),
        SessionEventNames.OrderPlaced => Write(OrderBody.From(Read<OrderView>(sessionEvent))),
        _ => sessionEvent.DataJson,
    };

    private static T Read<T>(SessionEvent sessionEvent) =>
        JsonSerializer.Deserialize<T>(sessionEvent.DataJson, WireJson.Options) ?? throw new JsonException($"{sessionEvent.Name} carries no data.");

    private static string Write<T>(T body) => JsonSerializer.Serialize(body, ApiJson.Options);
}
