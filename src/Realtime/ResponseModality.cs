namespace VoiceOrdering.Realtime;

/// <summary>The form of the model's answers; the provider allows exactly one.</summary>
public enum ResponseModality
{
    /// <summary>Speech with its transcript.</summary>
    Audio,

    /// <summary>Text only.</summary>
    Text,
}
