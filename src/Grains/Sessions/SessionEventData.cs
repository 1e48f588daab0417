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
    public static string Cart(CartView cart, string cause) => $"{WireJson.Write(cart)[..^1]},\"cause\":{WireJson.Write(cause)}}}";

    private sealed record PhaseData(SessionPhase Phase, string Reason);
}
