namespace VoiceOrdering.Grains.Restaurants.Matching;

/// <summary>A phrase of the menu at a place of the utterance.</summary>
/// <param name="Meaning">What it can mean.</param>
/// <param name="End">The word after it.</param>
/// <param name="Quality">Mean spelling quality of its words, 0–1.</param>
internal readonly record struct PhraseMatch(PhraseMeaning Meaning, int End, double Quality)
{
    /// <summary>What stood inside the phrase: bacon in "double bacon cheeseburger".</summary>
    public PhraseMeaning? Inside { get; init; }
}

/// <summary>Finds the menu's phrases in what was said. The one place where names are scored.</summary>
internal interface IPhraseFinder
{
    /// <summary>Collects the phrases that begin at <paramref name="start"/>, longest first.</summary>
    void Collect(Utterance utterance, int start, List<PhraseMatch> into);
}
