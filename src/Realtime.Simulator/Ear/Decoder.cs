namespace VoiceOrdering.Realtime.Simulator.Ear;

/// <summary>Finds the sentences of the grammar that fit an utterance best: token passing with a beam.</summary>
internal sealed class Decoder
{
    private const float Beam = 600;
    private const int Alternatives = 6;
    private const float ShortenedBehind = 40;
    private const int AlternativeReachFrames = 2;
    private readonly Grammar _grammar;
    private readonly StateModels _models;
    private readonly FeatureFrames _frames;
    private readonly int[] _offsets;
    private readonly float[] _emissions;
    private readonly int[] _emissionFrames;
    private readonly float[] _entries;
    private readonly int[] _entryOrigins;
    private readonly bool[] _isActive;
    private readonly List<WordExit> _exits = [];
    private readonly int[] _exitStarts;
    private float[] _scores;
    private int[] _origins;
    private float[] _nextScores;
    private int[] _nextOrigins;
    private float _initialSilence;

    private Decoder(Grammar grammar, StateModels models, FeatureFrames frames)
    {
        (_grammar, _models, _frames) = (grammar, models, frames);
        _offsets = new int[grammar.NodeCount + 1];
        for (var node = 0; node < grammar.NodeCount; node++)
        {
            // One state more than the word has: the silence that may follow it.
            _offsets[node + 1] = _offsets[node] + models.StatesOf(grammar.NodeWords[node]) + 1;
        }

        var cells = _offsets[^1];
        (_scores, _nextScores, _origins, _nextOrigins) = (new float[cells], new float[cells], new int[cells], new int[cells]);
        Array.Fill(_scores, Transitions.Impossible);
        Array.Fill(_nextScores, Transitions.Impossible);
        (_emissions, _emissionFrames) = (new float[models.StateCount], new int[models.StateCount]);
        Array.Fill(_emissionFrames, -1);
        (_entries, _entryOrigins, _isActive) = (new float[grammar.NodeCount], new int[grammar.NodeCount], new bool[grammar.NodeCount]);
        _exitStarts = new int[frames.Count + 1];
    }

    /// <summary>The best sentence first, then near ones; empty when no sentence fits at all.</summary>
    public static IReadOnlyList<Hypothesis> Decode(Grammar grammar, StateModels models, FeatureFrames frames) =>
        frames.Count == 0 ? [] : new Decoder(grammar, models, frames).Run();

    private List<Hypothesis> Run()
    {
        Array.Fill(_entries, Transitions.Impossible);
        foreach (var start in _grammar.Starts)
        {
            (_entries[start], _entryOrigins[start]) = (0, -1);
        }

        for (var t = 0; t < _frames.Count; t++)
        {
            _exitStarts[t] = _exits.Count;
            Advance(t);
            LeaveWords(t);
        }

        _exitStarts[_frames.Count] = _exits.Count;
        return Collect();
    }

    private void Advance(int t)
    {
        var best = Transitions.Impossible;
        for (var node = 0; node < _grammar.NodeCount; node++)
        {
            if (_isActive[node] || _entries[node] > Transitions.Impossible)
            {
                best = Math.Max(best, AdvanceWord(node, t));
            }
        }

        var silence = Emission(_models.Silence, t);
        _initialSilence += silence + Transitions.Self;
        best = Math.Max(best, _initialSilence);
        Prune(best - Beam);
        (_scores, _nextScores) = (_nextScores, _scores);
        (_origins, _nextOrigins) = (_nextOrigins, _origins);
    }

    private float AdvanceWord(int node, int t)
    {
        var best = Transitions.Impossible;
        var offset = _offsets[node];
        var silence = _offsets[node + 1] - 1;
        var first = _models.First[_grammar.NodeWords[node]];
        for (var k = offset; k < silence; k++)
        {
            var (score, origin) = (_scores[k] + Transitions.Self, _origins[k]);
            var (before, beforeOrigin) = k == offset ? (_entries[node], _entryOrigins[node]) : (_scores[k - 1] + Transitions.Next, _origins[k - 1]);
            if (before > score)
            {
                (score, origin) = (before, beforeOrigin);
            }

            if (k > offset + 1 && _scores[k - 2] + Transitions.Skip > score)
            {
                (score, origin) = (_scores[k - 2] + Transitions.Skip, _origins[k - 2]);
            }

            if (score > Transitions.Impossible / 2)
            {
                score += Emission(first + k - offset, t);
                best = Math.Max(best, score);
            }

            (_nextScores[k], _nextOrigins[k]) = (score, origin);
        }

        var (quiet, quietOrigin) = (_scores[silence] + Transitions.Self, _origins[silence]);
        if (_scores[silence - 1] + Transitions.Silence > quiet)
        {
            (quiet, quietOrigin) = (_scores[silence - 1] + Transitions.Silence, _origins[silence - 1]);
        }

        if (quiet > Transitions.Impossible / 2)
        {
            quiet += Emission(_models.Silence, t);
            best = Math.Max(best, quiet);
        }

        (_nextScores[silence], _nextOrigins[silence]) = (quiet, quietOrigin);
        return best;
    }

    private void Prune(float threshold)
    {
        for (var node = 0; node < _grammar.NodeCount; node++)
        {
            if (!_isActive[node] && _entries[node] <= Transitions.Impossible)
            {
                continue;
            }

            var isActive = false;
            for (var k = _offsets[node]; k < _offsets[node + 1]; k++)
            {
                if (_nextScores[k] < threshold)
                {
                    _nextScores[k] = Transitions.Impossible;
                }
                else
                {
                    isActive = true;
                }
            }

            if (!isActive)
            {
                Array.Fill(_scores, Transitions.Impossible, _offsets[node], _offsets[node + 1] - _offsets[node]);
            }

            _isActive[node] = isActive;
        }

        Array.Fill(_entries, Transitions.Impossible);
    }

    private void LeaveWords(int t)
    {
        foreach (var start in _grammar.Starts)
        {
            (_entries[start], _entryOrigins[start]) = (_initialSilence + Transitions.Next, -1);
        }

        for (var node = 0; node < _grammar.NodeCount; node++)
        {
            if (!_isActive[node])
            {
                continue;
            }

            var silence = _offsets[node + 1] - 1;
            var (score, origin) = (_scores[silence - 1], _origins[silence - 1]);
            if (_scores[silence] > score)
            {
                (score, origin) = (_scores[silence], _origins[silence]);
            }

            if (score <= Transitions.Impossible / 2)
            {
                continue;
            }

            _exits.Add(new WordExit(node, t, score, origin));
            foreach (var next in _grammar.Successors[node])
            {
                var entry = score + Transitions.Next + Transitions.Word;
                if (entry > _entries[next])
                {
                    (_entries[next], _entryOrigins[next]) = (entry, _exits.Count - 1);
                }
            }
        }
    }

    private float Emission(int state, int t)
    {
        if (_emissionFrames[state] != t)
        {
            (_emissions[state], _emissionFrames[state]) = (_models.Score(_frames[t], state), t);
        }

        return _emissions[state];
    }

    private List<Hypothesis> Collect()
    {
        var finals = ExitsAt(_frames.Count - 1).Where(exit => _grammar.IsFinal[_exits[exit].Node]).OrderByDescending(exit => _exits[exit].Score).ToList();
        if (finals.Count == 0)
        {
            return [];
        }

        var path = Trace(finals[0]);
        var best = Describe(path, 0);
        var others = new Dictionary<string, Hypothesis>(StringComparer.Ordinal);
        foreach (var final in finals.Skip(1))
        {
            Offer(others, Describe(Trace(final), _exits[finals[0]].Score - _exits[final].Score));
        }

        for (var i = 0; i < path.Count - 1; i++)
        {
            CollectDeviations(path, i, others);
        }

        OfferShortened(path, others);
        others.Remove(best.Text);
        return [best, .. others.Values.OrderBy(other => other.Behind).Take(Alternatives)];
    }

    /// <summary>Sentences that differ up to one word's end and go on as the best one does.</summary>
    private void CollectDeviations(List<int> path, int at, Dictionary<string, Hypothesis> others)
    {
        var (mine, next) = (_exits[path[at]], _exits[path[at + 1]].Node);
        for (var t = Math.Max(0, mine.Frame - AlternativeReachFrames); t <= Math.Min(_frames.Count - 1, mine.Frame + AlternativeReachFrames); t++)
        {
            var reference = ExitsAt(t).Where(exit => _exits[exit].Node == mine.Node).Select(exit => _exits[exit].Score).DefaultIfEmpty(mine.Score).First();
            foreach (var exit in ExitsAt(t))
            {
                var other = _exits[exit];
                if (reference - other.Score < 150 && _grammar.Successors[other.Node].Contains(next) && (other.Node != mine.Node || other.Origin != mine.Origin))
                {
                    Offer(others, Describe([.. Trace(exit), .. path.Skip(at + 1)], reference - other.Score));
                }
            }
        }
    }

    /// <summary>A short word may be heard into the silence before or after a sentence.</summary>
    private void OfferShortened(List<int> path, Dictionary<string, Hypothesis> others)
    {
        foreach (var shortened in new[] { path.Skip(1).ToList(), path.SkipLast(1).ToList() })
        {
            if (shortened.Count > 0 && _grammar.Accepts(_grammar.Text(shortened.Select(exit => _exits[exit].Node))))
            {
                Offer(others, Describe(shortened, ShortenedBehind));
            }
        }
    }

    private static void Offer(Dictionary<string, Hypothesis> others, Hypothesis hypothesis)
    {
        if (!others.TryGetValue(hypothesis.Text, out var known) || known.Behind > hypothesis.Behind)
        {
            others[hypothesis.Text] = hypothesis;
        }
    }

    private IEnumerable<int> ExitsAt(int t) => Enumerable.Range(_exitStarts[t], _exitStarts[t + 1] - _exitStarts[t]);

    private List<int> Trace(int exit)
    {
        var path = new List<int>();
        for (var at = exit; at >= 0; at = _exits[at].Origin)
        {
            path.Add(at);
        }

        path.Reverse();
        return path;
    }

    private Hypothesis Describe(List<int> path, float behind) => new(
        _grammar.Text(path.Select(exit => _exits[exit].Node)),
        [.. path.Select(exit => _exits[exit].Frame)],
        behind,
        _exits[path[^1]].Score / _frames.Count);

    private readonly record struct WordExit(int Node, int Frame, float Score, int Origin);
}
