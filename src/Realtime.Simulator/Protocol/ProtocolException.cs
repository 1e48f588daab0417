namespace VoiceOrdering.Realtime.Simulator.Protocol;

/// <summary>Ends the handling of one client event with an <c>error</c> event; the socket stays open.</summary>
internal sealed class ProtocolException(ProtocolError error) : Exception(error.Message)
{
    public ProtocolError Error { get; } = error;
}
