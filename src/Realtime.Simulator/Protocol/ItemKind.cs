namespace VoiceOrdering.Realtime.Simulator.Protocol;

/// <summary>Kinds of items kept here.</summary>
internal enum ItemKind
{
    Message,
    Call,
    Output,
}
