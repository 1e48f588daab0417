using System.Text.Json;
using System.Text.Json.Nodes;
using VoiceOrdering.Carts;
using VoiceOrdering.Json;
using VoiceOrdering.Sessions;

namespace VoiceOrdering.Grains.Sessions;

/// <summary>The data of session events; their shapes are in docs/reference/events.md.</summary>
internal static class SessionEventData
{
    public static string Phase(SessionPhase phase, string reason) => WireJson.Write(new PhaseData(phase, reason));

    public static string Turn(TurnRecord turn) => WireJson.Write(turn);

    /// <summary>The cart view with one more member that tells what caused the change.</summary>
    public static string Cart(CartView cart, string cause)
    {
        var node = JsonSerializer.SerializeToNode(cart, WireJson.Options)!.AsObject();
        node["cause"] = cause;
        return node.ToJsonString(WireJson.Options);
    }

    private sealed record PhaseData(SessionPhase Phase, string Reason);
}
