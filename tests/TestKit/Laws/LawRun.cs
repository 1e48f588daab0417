namespace VoiceOrdering.TestKit.Laws;

/// <summary>How a law is tried.</summary>
/// <param name="Tests">How many cases, 1 or more.</param>
/// <param name="Largest">Size of the last case, in FsCheck's sense.</param>
/// <param name="Seed">The seed; null for the variable's, or a new one.</param>
public sealed record LawRun(int Tests = 100, int Largest = 100, ulong? Seed = null);
