using VoiceOrdering.Realtime;

namespace VoiceOrdering.Api.Calls;

/// <summary>Data of the event <c>usage</c>: the raw tokens of one answer, never a price.</summary>
internal sealed record UsageEvent(
    string ResponseId,
    string? Model,
    int InputTextTokens,
    int InputAudioTokens,
    int CachedTextTokens,
    int CachedAudioTokens,
    int OutputTextTokens,
    int OutputAudioTokens)
{
    public static UsageEvent From(string responseId, string? model, RealtimeUsage usage) => new(
        responseId, model, usage.InputTextTokens, usage.InputAudioTokens, usage.CachedTextTokens, usage.CachedAudioTokens,
        usage.OutputTextTokens, usage.OutputAudioTokens);
}
