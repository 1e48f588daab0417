namespace VoiceOrdering.Realtime;

/// <summary>
/// What writing down one caller item cost; billed apart from the response, at the transcription model's rates.
/// Either tokens or seconds are set, never both.
/// </summary>
/// <param name="InputTextTokens">Text tokens read (the prompt).</param>
/// <param name="InputAudioTokens">Audio tokens read.</param>
/// <param name="OutputTokens">Text tokens written.</param>
/// <param name="Seconds">Length billed by duration; 0 when billed by tokens.</param>
public readonly record struct TranscriptionUsage(int InputTextTokens, int InputAudioTokens, int OutputTokens, double Seconds);
