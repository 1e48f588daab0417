namespace VoiceOrdering.Realtime.Simulator.Ear;

/// <summary>Log weights of the moves within and between words.</summary>
internal static class Transitions
{
    public const float Self = -0.5f;
    public const float Next = -0.92f;
    public const float Skip = -3f;
    public const float Word = -20f;
    public const float Silence = -3f;
    public const float Impossible = -1e30f;
}
