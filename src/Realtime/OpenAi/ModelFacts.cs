namespace VoiceOrdering.Realtime.OpenAi;

/// <summary>What is known of the models by name. Source: OpenAI Realtime guide, models and costs pages (read 2026-11-20).</summary>
internal static class ModelFacts
{
    private static readonly IReadOnlyList<RealtimeAudioFormat> s_formats =
        [RealtimeAudioFormat.Pcmu, RealtimeAudioFormat.Pcma, RealtimeAudioFormat.Pcm24k];

    private static readonly IReadOnlyList<string> s_voices =
        ["alloy", "ash", "ballad", "cedar", "coral", "echo", "marin", "sage", "shimmer", "verse"];

    /// <summary>Rates per token in nano-USD; configuration replaces or completes them.</summary>
    public static IReadOnlyDictionary<string, RealtimeRates> Rates { get; } = new Dictionary<string, RealtimeRates>(StringComparer.Ordinal)
    {
        ["gpt-realtime-2.1"] = new()
        {
            InputTextNano = 4_000,
            CachedTextNano = 400,
            OutputTextNano = 24_000,
            InputAudioNano = 32_000,
            CachedAudioNano = 400,
            OutputAudioNano = 64_000,
        },
        ["gpt-realtime-2.1-mini"] = new()
        {
            InputTextNano = 600,
            CachedTextNano = 60,
            OutputTextNano = 2_400,
            InputAudioNano = 10_000,
            CachedAudioNano = 300,
            OutputAudioNano = 20_000,
        },
    };

    public static RealtimeCapabilities Capabilities(string model)
    {
        var isSecondGeneration = model.StartsWith("gpt-realtime-2", StringComparison.Ordinal);
        return new RealtimeCapabilities
        {
            Provider = "openai",
            Model = model,
            AudioFormats = s_formats,
            Voices = s_voices,
            ReasoningEffort = isSecondGeneration,
            ContextTokens = isSecondGeneration ? 128_000 : 32_768,
        };
    }
}
