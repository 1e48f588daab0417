namespace VoiceOrdering.Grains.Restaurants.Matching;

/// <summary>Cuts an utterance into phrases of the menu, words of ordinary talk and the rest: at each word the longest phrase wins.</summary>
internal sealed class Segmentation(MenuIndex index, Utterance utterance, IPhraseFinder finder)
{
    private const int ParticleReach = 6;
    private readonly List<Segment> _segments = new(utterance.Words.Count);
    private readonly List<PhraseMatch> _matches = [];
    private readonly List<PhraseMatch> _ahead = [];

    public static List<Segment> Read(MenuIndex index, Utterance utterance, IPhraseFinder finder) => new Segmentation(index, utterance, finder).Run();

    private List<Segment> Run()
    {
        for (var i = 0; i < utterance.Words.Count; i = _segments[^1].End) _segments.Add(Next(i));
        return _segments;
    }

    private Segment Next(int start)
    {
        if (utterance.Words[start].Spoken.IsPause) return new Segment(SegmentKind.Pause, start, start + 1);
        finder.Collect(utterance, start, _matches);
        var hasCue = TryCue(start, out var cue, out var cueEnd);
        if (_matches.Count == 0) return hasCue ? CueAt(start, cue, cueEnd) : new Segment(SegmentKind.Unknown, start, start + 1);
        var match = SizeBeforeName() ?? _matches[0];
        var menu = new Segment(SegmentKind.Menu, start, match.End) { Match = match };
        // "flavored with": a word of the menu that no talk begins with is not swallowed by a longer link.
        if (!hasCue || menu.End > cueEnd || cueEnd > menu.End && cue.Kind == CueKind.With && !CueTrie.English.Contains(utterance.Words[start].Stem)) return menu;
        return cueEnd > menu.End || IsTalk(cue, cueEnd) ? CueAt(start, cue, cueEnd) : menu;
    }

    /// <summary>"small hawaiian pizza" is a size and an item even where a combo calls an option "small hawaiian".</summary>
    private PhraseMatch? SizeBeforeName()
    {
        if (_matches is not [{ Meaning: { Items.Count: 0, SizeIds.Count: 0 } }, ..]) return null;
        for (var m = 1; m < _matches.Count; m++)
        {
            if (_matches[m].Meaning.SizeIds.Count == 0 || _matches[m].End >= utterance.Words.Count) continue;
            finder.Collect(utterance, _matches[m].End, _ahead);
            if (_ahead.Exists(name => name.Meaning.Items.Count > 0 && name.End > _matches[0].End)) return _matches[m];
        }
        return null;
    }

    private Segment CueAt(int start, Cue cue, int end) => new(SegmentKind.Cue, start, end) { Cue = Sounded(start, cue, end) };

    private bool TryCue(int start, out Cue cue, out int end)
    {
        if (NegationWords.SoundsLikeNo(utterance.Words[start].Stem) && !FollowsPronoun(start) && IsOptionAt(start + 1))
        {
            (cue, end) = (new Cue(CueKind.Negation), start + 1);
            return true;
        }
        if (CueTrie.English.TryLongest(utterance, start, LimitOf(start), out cue, out end) && (cue.Kind == CueKind.Negation || !NegationWords.IsVerb(utterance.Words[start].Stem) || !HasParticle(start + 1))) return true;
        if (index.IsCategory(utterance.Words[start].Stem))
        {
            (cue, end) = (new Cue(CueKind.Measure), start + 1);
            return true;
        }
        if (NegationWords.IsVerb(utterance.Words[start].Stem) && HasParticle(start + 1))
        {
            (cue, end) = (new Cue(CueKind.Negation), start + 1);
            return true;
        }
        if (QuantityWords.TryDigits(utterance.Words[start].Stem, out var number))
        {
            (cue, end) = (new Cue(CueKind.Number, number), start + 1);
            return true;
        }
        if (QuantityWords.Homophone(utterance.Words[start].Stem) is > 0 and var sounded && CountsPlural(start + 1))
        {
            (cue, end) = (new Cue(CueKind.Number, sounded), start + 1);
            return true;
        }
        return false;
    }

    /// <summary>"I know", "you know", "to know", "do not know": there the word is what it looks like.</summary>
    private bool FollowsPronoun(int start) => start > 0 && utterance.Words[start - 1].Stem is "i" or "you" or "we" or "they" or "to" or "dont" or "not" or "already" or "ya";

    /// <summary>"leave the onions off", "take the pickles out".</summary>
    private bool HasParticle(int start)
    {
        for (var i = start; i < Math.Min(start + ParticleReach, utterance.Words.Count) && !utterance.Words[i].Spoken.IsPause; i++)
        {
            var stem = utterance.Words[i].Stem;
            if (stem is "a" or "an" or "with") return false;
            if (i > start && NegationWords.IsParticle(stem)) return true;
        }
        return false;
    }

    /// <summary>Where ordinary talk must end at the latest: "some extra large …" is not "some extra" and "large".</summary>
    private int LimitOf(int start)
    {
        var limit = utterance.Words.Count;
        if (!CueTrie.English.TryLongest(utterance, start, limit, out _, out var end)) return limit;
        for (var i = start + 1; i < end; i++)
        {
            finder.Collect(utterance, i, _ahead);
            if (_ahead.Count > 0 && _ahead[0].End > end) return i;
        }
        return limit;
    }

    /// <summary>Whether words that are both on the menu and ordinary talk are the latter here.</summary>
    private bool IsTalk(Cue cue, int end) => cue.Kind switch
    {
        CueKind.Amount => IsOptionAt(end),
        // "can I have a can of cola"
        CueKind.Clause or CueKind.Onto or CueKind.Polite => _segments.Count == 0 || !(_segments[^1].Is(CueKind.Article) || _segments[^1].Is(CueKind.Number) || _segments[^1].IsSize),
        CueKind.Small or CueKind.Measure or CueKind.Descriptor or CueKind.With or CueKind.Afterthought => false,
        _ => true,
    };

    /// <summary>"to large colas", "for fries": the preposition is a number only right before something in the plural.</summary>
    private Cue Sounded(int start, Cue cue, int end)
    {
        if (end != start + 1 || cue.Kind is not (CueKind.Onto or CueKind.Small)) return cue;
        // "swap fries for salads"
        if (_segments.Exists(segment => segment.Is(CueKind.Substitution) || segment.Is(CueKind.Negation) && segment.Cue.Value == NegationWords.Exchanged)) return cue;
        var number = QuantityWords.Homophone(utterance.Words[start].Stem);
        return number > 0 && !FollowsVerb(start) && CountsPlural(end) ? new Cue(CueKind.Number, number) : cue;
    }

    /// <summary>"go for fries", "thanks for", "on to": there the word is what it looks like.</summary>
    private bool FollowsVerb(int start) => start > 0 && _segments.Count > 0 && (_segments[^1].Is(CueKind.Polite) || _segments[^1].IsItem
        || _segments[^1].Is(CueKind.Measure) || utterance.Words[start - 1].Stem is "go" or "going" or "ask" or "asking" or "looking" or "look" or "me" or "it" or "next" or "close" or "good" or "great");

    private bool CountsPlural(int position)
    {
        for (var i = position; i < utterance.Words.Count && !utterance.Words[i].Spoken.IsPause;)
        {
            finder.Collect(utterance, i, _ahead);
            if (_ahead.Count == 0) return false;
            if (_ahead[0].Meaning.Items.Count > 0) return utterance.IsPlural(_ahead[0].End - 1) && _ahead[0].Meaning.HasSingular;
            i = _ahead[0].End;
        }
        return false;
    }

    private bool IsOptionAt(int position)
    {
        while (position < utterance.Words.Count && utterance.Words[position].Stem is "the" or "of" or "on") position++;
        if (position >= utterance.Words.Count) return false;
        finder.Collect(utterance, position, _ahead);
        return _ahead.Count > 0 && _ahead[0].Meaning is { OptionIds.Count: > 0 } meaning && meaning.Items.Count == 0;
    }
}
