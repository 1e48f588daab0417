namespace VoiceOrdering.Media.WebRtc;

/// <summary>Choices for one answer.</summary>
public sealed record WebRtcAnswerOptions
{
    /// <summary>The leg's id, 1 to 64 characters of [A-Za-z0-9_-], unique among live legs; null lets the server make one.</summary>
    public string? LegId { get; init; }

    /// <summary>Codecs to choose from. The caller's order of preference decides among them. Default: all.</summary>
    public AudioCodecs Codecs { get; init; } = AudioCodecs.All;
}
