using VoiceOrdering.Flags;

namespace VoiceOrdering.Api.Flags;

/// <summary>The new rule of a flag; what is left out is nobody.</summary>
internal sealed record FlagRequest
{
    /// <summary>False: off for everybody.</summary>
    public bool? Enabled { get; init; }

    /// <summary>0–100.</summary>
    public int? Percentage { get; init; }

    /// <summary>Subjects it is always on for.</summary>
    public IReadOnlyList<string>? Users { get; init; }

    /// <summary>Restaurants it is always on for.</summary>
    public IReadOnlyList<string>? Restaurants { get; init; }
}

/// <summary>Changes, newest first.</summary>
internal sealed record FlagHistoryBody(IReadOnlyList<FlagChange> Changes);
