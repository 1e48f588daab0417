using System.Text.Json.Nodes;
using VoiceOrdering.Realtime;

namespace VoiceOrdering.Realtime.Simulator.Protocol;

/// <summary>
/// Counts tokens as the provider bills them: caller audio 1 per 100 ms, assistant audio 1 per 50 ms, text about 1 per 4 characters
/// (an estimate: the tokenizer is not public). What an earlier answer has read is cached in steps of 64, and a prompt seen by any session
/// of the process is cached from the first answer on. Used under the session's gate. Source: Realtime costs guide (2026-08).
/// </summary>
internal sealed class TokenMeter(PromptCache prompts)
{
    private const int CacheStep = 64;

    private int _textRead;
    private int _audioRead;

    public static int Text(int characters) => (characters + 3) / 4;

    public static int CallerAudio(int audioMs) => (audioMs + 99) / 100;

    public static int AssistantAudio(int audioMs) => (audioMs + 49) / 50;

    /// <summary>What reading the conversation costs now; remembers it as cached for the next answer.</summary>
    public RealtimeUsage Read(string promptPrefix, IEnumerable<Item> items)
    {
        var prompt = Text(promptPrefix.Length);
        var text = prompt;
        var audio = 0;
        foreach (var item in items)
        {
            text += Text(item.Audio is null ? item.Text.Length : 0)
                + Text(item.Name.Length + item.Arguments.Length + item.Output.Length);
            audio += item.Audio is { } caller ? CallerAudio(caller.DurationMs) : AssistantAudio(item.CutAtMs ?? item.AudioMs);
        }

        var knownText = Math.Max(Math.Min(_textRead, text), prompts.Seen(promptPrefix) ? prompt : 0);
        var usage = new RealtimeUsage
        {
            InputTextTokens = text,
            InputAudioTokens = audio,
            CachedTextTokens = Step(knownText),
            CachedAudioTokens = Step(Math.Min(_audioRead, audio)),
        };
        (_textRead, _audioRead) = (text, audio);
        return usage;
    }

    public static JsonObject ToJson(RealtimeUsage usage) => new()
    {
        ["total_tokens"] = usage.TotalTokens,
        ["input_tokens"] = usage.InputTokens,
        ["output_tokens"] = usage.OutputTokens,
        ["input_token_details"] = new JsonObject
        {
            ["text_tokens"] = usage.InputTextTokens,
            ["audio_tokens"] = usage.InputAudioTokens,
            ["image_tokens"] = 0,
            ["cached_tokens"] = usage.CachedTextTokens + usage.CachedAudioTokens,
            ["cached_tokens_details"] = new JsonObject
            {
                ["text_tokens"] = usage.CachedTextTokens,
                ["audio_tokens"] = usage.CachedAudioTokens,
                ["image_tokens"] = 0,
            },
        },
        ["output_token_details"] = new JsonObject
        {
            ["text_tokens"] = usage.OutputTextTokens,
            ["audio_tokens"] = usage.OutputAudioTokens,
        },
    };

    private static int Step(int tokens) => tokens / CacheStep * CacheStep;
}
