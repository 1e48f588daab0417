namespace VoiceOrdering.Realtime.Simulator.Models;

/// <summary>What was heard in one turn.</summary>
/// <param name="Outcome">Whether the words can be acted on.</param>
/// <param name="Transcript">The words; with <see cref="HearingOutcome.NotUnderstood"/> the best guess or empty.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Language">Language of the words, ISO 639-1; null when unknown.</param>
/// <param name="FailureMessage">Sentence for <c>input_audio_transcription.failed</c>; only with <see cref="HearingOutcome.Failed"/>.</param>
public sealed record Hearing(
    HearingOutcome Outcome, string Transcript, double Confidence, string? Language = null, string? FailureMessage = null)
{
    /// <summary>Words understood.</summary>
    public static Hearing Understood(string transcript, double confidence, string? language = null) =>
        new(HearingOutcome.Understood, transcript, confidence, language);

    /// <summary>Sound that is no sentence known here; the transcript event carries <paramref name="bestGuess"/>.</summary>
    public static Hearing NotUnderstood(string bestGuess = "", double confidence = 0) =>
        new(HearingOutcome.NotUnderstood, bestGuess, confidence);

    /// <summary>No transcript at all: reported as <c>input_audio_transcription.failed</c>.</summary>
    public static Hearing Failed(string message) => new(HearingOutcome.Failed, "", 0, null, message);
}
