namespace VoiceOrdering.Realtime.Simulator.Agent;

/// <summary>One word of a caller's sentence in canonical form, with where it stood in the caller's own text.</summary>
/// <param name="Word">Lower case, without accents and apostrophes, small numbers as words.</param>
/// <param name="Stem">The word without its plural ending; only ever compared with other stems.</param>
internal readonly record struct Token(string Word, string Stem, int Start, int End);
