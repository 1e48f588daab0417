using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Restaurants.Matching;

/// <summary>
/// Reads an utterance from left to right. What belongs to an item may come before it ("two large thin crust …") or after it
/// ("… with bacon but no onions"): the first waits in <see cref="PendingWords"/>, the second goes to the current line.
/// </summary>
internal sealed class OrderParser(MenuIndex index, Utterance utterance, double acceptAt)
{
    // An unknown word right before an item's name may change what is meant ("vegan cheeseburger"): the customer is asked.
    private const double UnknownWordCeiling = 0.7;
    // Two items fit the same words almost equally well.
    private const double AmbiguousMargin = 0.08;
    private const double AmbiguousCeiling = 0.6;
    private const double SizeMissingCeiling = 0.9;

    private readonly List<LineDraft> _lines = [];
    private readonly List<UnmatchedWords> _unmatched = [];
    private readonly bool[] _claimed = new bool[utterance.Words.Count];
    private readonly List<PhraseMatch> _matches = [];
    private readonly List<PhraseMatch> _scratch = [];
    private readonly PendingWords _pending = new();
    private LineDraft? _current;
    private bool _negating;
    private bool _negatedSomething;
    private bool _adding;
    private int _unknownStart = -1;

    /// <summary>Words that clearly named something of the menu; valid after <see cref="Parse"/>.</summary>
    public IReadOnlyList<bool> ClaimedWords => _claimed;

    public ParsedOrder Parse()
    {
        var i = 0;
        while (i < utterance.Words.Count)
        {
            var word = utterance.Words[i];
            if (word.Spoken.IsPause) i = Pause(i);
            else if (TryMeaning(i) is { } end) i = end;
            else if (TryFunctionWord(word.Stem, i)) i++;
            else
            {
                if (_unknownStart < 0) _unknownStart = i;
                i++;
            }
        }
        CloseUnknown(utterance.Words.Count);
        ParsedLine[] lines = [.. _lines.Where(line => line.Confidence >= MatchThresholds.Confirm).Select(line => line.Finish(acceptAt))];
        return new ParsedOrder(lines, _unmatched.ToArray());
    }

    private int Pause(int i)
    {
        CloseUnknown(i);
        // "no, a cola": the negation meant the sentence before.
        if (_negating && !_negatedSomething) _negating = false;
        return i + 1;
    }

    /// <summary>Uses the longest phrase that makes sense here; the word after it, or null when there is none.</summary>
    private int? TryMeaning(int start)
    {
        PhraseMatch.Collect(index, utterance, start, _matches);
        for (var m = 0; m < _matches.Count; m++)
        {
            var match = _matches[m];
            if (TryMeaning(match, start)) return match.End;
        }
        if (_matches.Count == 0) return null;
        // An option that fits neither line may be half of an item's name ("a pepperoni").
        if (_unknownStart < 0) _unknownStart = start;
        return _matches[^1].End;
    }

    private bool TryMeaning(PhraseMatch match, int start)
    {
        var meaning = match.Meaning;
        var option = _current?.Fitting(meaning.OptionIds);
        if (option is not null && IsForCurrent(option, meaning, match.End))
        {
            CloseUnknown(start);
            Claim(start, match.End);
            ApplyOption(option);
            return true;
        }
        if (meaning.Items.Count > 0)
        {
            StartItem(index.Items[meaning.Items[0]], match, start);
            return true;
        }
        if (meaning.SizeId is { } size)
        {
            CloseUnknown(start);
            Claim(start, match.End);
            ApplySize(size, match.End);
            return true;
        }
        if (meaning.OptionIds.Count > 0 && NextItem(match.End, _negating ? Reach.NextNoun : Reach.SameNoun) is { } next && meaning.OptionIds.FirstOrDefault(id => next.FindOption(id) is not null) is { } coming)
        {
            CloseUnknown(start);
            Claim(start, match.End);
            _pending.Options.Add((coming, _negating));
            _negatedSomething |= _negating;
            return true;
        }
        return false;
    }

    private bool IsForCurrent(string option, PhraseMeaning meaning, int end)
    {
        if (_negating || _current!.IsOpenRequirement(option)) return true;
        if (meaning.Items.Count > 0) return _adding && !_pending.HasQuantityOrSize;
        // "… and a thin crust pepperoni pizza": the option belongs to the item that follows.
        return !(_pending.HasQuantityOrSize && NextItem(end, Reach.SameNoun)?.FindOption(option) is not null);
    }

    private void ApplyOption(string option)
    {
        if (_negating)
        {
            _current!.LeaveOff(option);
            _negatedSomething = true;
        }
        else _current!.Take(option);
        _pending.Clear();
    }

    private void ApplySize(string size, int end)
    {
        if (!_pending.HasQuantityOrSize && _current is { Size: null } && NextItem(end, Reach.SameNoun) is null && _current.TrySize(size)) return;
        _pending.Size = size;
    }

    private void StartItem(IndexedItem item, PhraseMatch match, int start)
    {
        var doubtful = _unknownStart >= 0 && HasContent(_unknownStart, start);
        var unknown = _unknownStart;
        _unknownStart = -1;
        Claim(start, match.End);
        if (_negating && !_negatedSomething)
        {
            // "no cola": nothing is ordered, and what was named before is taken back.
            _lines.RemoveAll(line => line.Item.Position == item.Position);
            _current = _lines.LastOrDefault();
            _negatedSomething = true;
            _pending.Clear();
            return;
        }
        Begin(new LineDraft(item, match.Quality));
        if (!doubtful) return;
        _current!.Doubt(UnknownWordCeiling);
        AddUnmatched(unknown, start);
    }

    private void Begin(LineDraft line)
    {
        _current = line;
        _lines.Add(line);
        line.HasOwnQuantity = _pending.Quantity is not null && !_pending.QuantityIsArticle;
        line.Quantity = _pending.Quantity ?? 1;
        if (_pending.Size is { } size && !line.TrySize(size)) line.Doubt(SizeMissingCeiling);
        foreach (var (option, negated) in _pending.Options)
            if (negated) line.LeaveOff(option);
            else line.Take(option);
        _pending.Clear();
        _negating = _adding = _negatedSomething = false;
    }

    private bool TryFunctionWord(string stem, int i)
    {
        if (EnglishWords.IsNegator(stem) || IsNegatingVerb(stem, i))
        {
            CloseUnknown(i);
            (_negating, _negatedSomething, _adding) = (true, false, false);
            return true;
        }
        if (EnglishWords.TryNumber(stem, out var number))
        {
            CloseUnknown(i);
            ApplyNumber(stem, number, i);
            return true;
        }
        if (EnglishWords.IsAdditive(stem))
        {
            CloseUnknown(i);
            (_adding, _negating) = (true, false);
            return true;
        }
        if (!EnglishWords.IsNoise(stem)) return false;
        CloseUnknown(i);
        return true;
    }

    private void ApplyNumber(string stem, int number, int i)
    {
        // "a couple", "a dozen", "half a dozen": the article adds nothing.
        if (_pending.Quantity is 1 && _pending.QuantityIsArticle || _pending.Quantity is null) _pending.SetQuantity(number, EnglishWords.IsArticle(stem));
        else if (number > 1) _pending.SetQuantity(number, isArticle: false);
        if (!EnglishWords.IsArticle(stem)) _negating = false;
        // "… make that two": a number with nothing to count after it belongs to the line before.
        if (_current is null || _current.HasOwnQuantity || EnglishWords.IsArticle(stem) || HasMeaningAfter(i + 1)) return;
        _current.Quantity = number;
        _pending.Clear();
    }

    private bool IsNegatingVerb(string stem, int i)
    {
        if (!EnglishWords.IsNegatingVerb(stem)) return false;
        for (var j = i + 1; j < Math.Min(i + 6, utterance.Words.Count); j++)
            if (EnglishWords.IsNegatingParticle(utterance.Words[j].Stem)) return true;
        return false;
    }

    /// <summary>The item whose name begins at or soon after <paramref name="position"/>, with only its own size, options and small words between.</summary>
    private IndexedItem? NextItem(int position, Reach reach)
    {
        var i = position;
        while (i < utterance.Words.Count)
        {
            if (utterance.Words[i].Spoken.IsPause) return null;
            if (PhraseMatch.LongestItem(index, utterance, i, _scratch) is { } match)
            {
                if (match.Meaning.Items.Count > 0) return index.Items[match.Meaning.Items[0]];
                i = match.End;
                continue;
            }
            var stem = utterance.Words[i].Stem;
            if (!(EnglishWords.IsArticle(stem) && reach == Reach.NextNoun) && !EnglishWords.IsNoise(stem)) return null;
            i++;
        }
        return null;
    }

    private bool HasMeaningAfter(int position)
    {
        for (var i = position; i < utterance.Words.Count; i++)
            if (utterance.Words[i].MenuWord != Vocabulary.None || EnglishWords.IsContent(utterance.Words[i].Stem)) return true;
        return false;
    }

    private bool HasContent(int start, int end)
    {
        for (var i = start; i < end; i++)
            if (EnglishWords.IsContent(utterance.Words[i].Stem)) return true;
        return false;
    }

    /// <summary>Words that named nothing outright: perhaps a part of an item's name, otherwise reported with suggestions.</summary>
    private void CloseUnknown(int end)
    {
        if (_unknownStart < 0) return;
        var start = _unknownStart;
        _unknownStart = -1;
        if (!HasContent(start, end)) return;
        var (item, score, runnerUp) = ItemScores.Best(index, utterance, start, end);
        if (item is null || score < MatchThresholds.Confirm || _negating)
        {
            AddUnmatched(start, end);
            return;
        }
        Begin(new LineDraft(item, score));
        if (score - runnerUp < AmbiguousMargin) _current!.Doubt(AmbiguousCeiling);
    }

    private void AddUnmatched(int start, int end)
    {
        var text = utterance.TextOf(start, end);
        _unmatched.Add(new UnmatchedWords(text, index.Suggest(text, 3)));
        _pending.Clear();
    }

    private void Claim(int start, int end) => _claimed.AsSpan(start, end - start).Fill(true);

    /// <summary>How far ahead an item may stand from what belongs to it.</summary>
    private enum Reach
    {
        /// <summary>"thin crust pepperoni pizza".</summary>
        SameNoun,
        /// <summary>"no onions on a classic burger".</summary>
        NextNoun,
    }
}
