namespace VoiceOrdering.Realtime.Simulator.Models;

/// <summary>What is to be spoken.</summary>
/// <param name="Text">Words.</param>
/// <param name="Voice">Voice name of the session, for example <c>alloy</c>.</param>
/// <param name="Language">ISO 639-1; null for the voice's own.</param>
/// <param name="Speed">Rate, 0.25 to 1.5; 1 is normal.</param>
public sealed record SpeechRequest(string Text, string Voice, string? Language, double Speed);
