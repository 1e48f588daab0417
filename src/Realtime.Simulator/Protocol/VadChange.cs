namespace VoiceOrdering.Realtime.Simulator.Protocol;

/// <summary>What a frame did to the state of turn detection.</summary>
internal enum VadChange
{
    None,
    Started,
    Stopped,
}
