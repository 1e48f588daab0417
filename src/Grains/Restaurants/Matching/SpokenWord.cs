namespace VoiceOrdering.Grains.Restaurants.Matching;

/// <summary>One word of what was said, or a pause.</summary>
/// <param name="Stem">Lower case, without plural ending; empty for a pause (a comma or the end of a sentence).</param>
/// <param name="Start">Where it begins in the text.</param>
/// <param name="Length">Characters of it in the text.</param>
internal readonly record struct SpokenWord(string Stem, int Start, int Length)
{
    public bool IsPause => Stem.Length == 0;
}
