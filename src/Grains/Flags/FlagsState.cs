using VoiceOrdering.Flags;

namespace VoiceOrdering.Grains.Flags;

/// <summary>The rules that differ from the defaults, and how they came to be.</summary>
[GenerateSerializer, Alias("vo.FlagsState")]
public sealed record FlagsState
{
    /// <summary>Grows by one with every change.</summary>
    [Id(0)] public long Version { get; init; }
    /// <summary>Changed rules by name.</summary>
    [Id(1)] public IReadOnlyList<FlagRule> Rules { get; init; } = [];
    /// <summary>Newest last, at most <c>Limits.FlagHistory</c>.</summary>
    [Id(2)] public IReadOnlyList<FlagChange> History { get; init; } = [];
}
