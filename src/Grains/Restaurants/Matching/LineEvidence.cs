namespace VoiceOrdering.Grains.Restaurants.Matching;

/// <summary>What speaks against a line in the words it was made from.</summary>
/// <param name="Misheard">Words that were understood although they are spelt otherwise, each with how far otherwise, 0–1, summed up.</param>
/// <param name="Strange">Words that neither the menu nor ordinary talk knows.</param>
/// <param name="Idle">Words of the menu that came to nothing.</param>
/// <param name="Dangling">"with", "no", "extra" or a number that nothing follows which could be meant.</param>
internal readonly record struct LineEvidence(double Misheard, int Strange, int Idle, int Dangling);

/// <summary>Gathers the evidence of an utterance: every word between the beginning of a line and the beginning of the next is about that line.</summary>
internal static class EvidenceReading
{
    public static LineEvidence[] Of(ParseState state)
    {
        var lines = state.Sheet.Lines;
        var evidence = new LineEvidence[lines.Count];
        if (lines.Count == 0) return evidence;
        var segments = state.Reader.All;
        for (var s = 0; s < segments.Count; s++)
        {
            var at = LineAt(lines, segments[s].Start);
            evidence[at] = segments[s].Kind switch
            {
                SegmentKind.Cue => IsDangling(segments, s) ? evidence[at] with { Dangling = evidence[at].Dangling + 1 } : evidence[at],
                SegmentKind.Pause => evidence[at],
                _ => Add(evidence[at], state, segments[s]),
            };
        }
        return evidence;
    }

    /// <summary>The newest line that had begun at this word, or the first.</summary>
    private static int LineAt(IReadOnlyList<LineDraft> lines, int word)
    {
        var best = 0;
        for (var l = 1; l < lines.Count; l++)
            if (lines[l].FirstWord <= word && lines[l].FirstWord >= lines[best].FirstWord) best = l;
        return best;
    }

    private static LineEvidence Add(LineEvidence evidence, ParseState state, Segment segment)
    {
        for (var w = segment.Start; w < segment.End; w++)
        {
            var word = state.Utterance.Words[w];
            if (state.IsExplained(w)) evidence = evidence with { Misheard = evidence.Misheard + (1 - word.Quality) };
            else if (!EnglishWords.IsContent(word.Stem) || FillerWords.IsOrdinary(word.Stem)) continue;
            else evidence = word.MenuWord != Vocabulary.None ? evidence with { Idle = evidence.Idle + 1 } : evidence with { Strange = evidence.Strange + 1 };
        }
        return evidence;
    }

    private static bool IsDangling(List<Segment> segments, int at)
    {
        if (segments[at].Cue.Kind is not (CueKind.With or CueKind.Negation or CueKind.Amount or CueKind.Number)) return false;
        for (var s = at + 1; s < segments.Count; s++)
        {
            if (segments[s].Kind is SegmentKind.Menu or SegmentKind.Unknown) return false;
            if (segments[s].Kind == SegmentKind.Pause) return true;
            if (segments[s].Cue.Kind is CueKind.Clause or CueKind.Polite or CueKind.With or CueKind.And) return true;
        }
        return true;
    }
}
