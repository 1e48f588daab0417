namespace VoiceOrdering.Realtime;

/// <summary>How the provider writes down what the caller said. The transcript is apart from what the model understood.</summary>
/// <param name="Model">Transcription model, for example <c>gpt-transcribe</c>; empty turns transcription off.</param>
/// <param name="Language">ISO-639-1 hint such as <c>en</c>; null lets the model decide.</param>
/// <param name="Prompt">Words to expect (menu names); null for none.</param>
public sealed record InputTranscription(string Model, string? Language = null, string? Prompt = null)
{
    /// <summary>No transcription (<c>transcription: null</c>).</summary>
    public static InputTranscription Off { get; } = new("");
}
