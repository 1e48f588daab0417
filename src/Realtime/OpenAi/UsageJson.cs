using System.Text.Json;

namespace VoiceOrdering.Realtime.OpenAi;

/// <summary>Reads raw token counts. Source: OpenAI Realtime, <c>response.done</c> and transcription <c>completed</c> (2026-08).</summary>
internal static class UsageJson
{
    public static RealtimeUsage? Response(JsonElement response)
    {
        if (response.Object("usage") is not { } usage)
        {
            return null;
        }

        var input = usage.Object("input_token_details");
        var cached = input?.Object("cached_tokens_details");
        var output = usage.Object("output_token_details");
        return new RealtimeUsage
        {
            InputTextTokens = input?.Int("text_tokens") ?? 0,
            InputAudioTokens = input?.Int("audio_tokens") ?? 0,
            InputImageTokens = input?.Int("image_tokens") ?? 0,
            CachedTextTokens = cached?.Int("text_tokens") ?? 0,
            CachedAudioTokens = cached?.Int("audio_tokens") ?? 0,
            CachedImageTokens = cached?.Int("image_tokens") ?? 0,
            OutputTextTokens = output?.Int("text_tokens") ?? 0,
            OutputAudioTokens = output?.Int("audio_tokens") ?? 0,
        };
    }

    public static TranscriptionUsage? Transcription(JsonElement body)
    {
        if (body.Object("usage") is not { } usage)
        {
            return null;
        }

        if (usage.Text("type") == "duration")
        {
            return new TranscriptionUsage(0, 0, 0, usage.Double("seconds"));
        }

        var input = usage.Object("input_token_details");
        return new TranscriptionUsage(
            input?.Int("text_tokens") ?? 0, input?.Int("audio_tokens") ?? 0, usage.Int("output_tokens"), 0);
    }
}
