using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Restaurants.Matching;

/// <summary>Words to lines: cuts the utterance into segments and puts them together.</summary>
internal sealed class OrderParser(MenuIndex index, Utterance utterance, IPhraseFinder finder)
{
    private readonly bool[] _claimed = new bool[utterance.Words.Count];

    /// <summary>Words that clearly named something of the menu; valid after <see cref="Parse"/>.</summary>
    public IReadOnlyList<bool> ClaimedWords => _claimed;

    public ParsedOrder Parse(double acceptAt)
    {
        var state = new ParseState(index, utterance, new SegmentReader(index, utterance, Segmentation.Read(index, utterance, finder)), _claimed);
        new OrderAssembly(state).Run();
        var evidence = EvidenceReading.Of(state);
        ParsedLine[] lines = [.. state.Sheet.Lines.Zip(evidence).Where(line => line.First.Confidence >= MatchThresholds.Confirm).Select(line => line.First.Finish(LineTrust.Of(line.First.Confidence, line.Second), acceptAt))];
        return new ParsedOrder(lines, state.Unmatched.ToArray());
    }
}
