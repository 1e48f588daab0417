namespace VoiceOrdering.Realtime.Simulator.Agent;

/// <summary>Brings a mistyped word back to the one known word it is close to; a word that is known, short or in doubt stays.</summary>
internal sealed class Spelling
{
    private const int ShortestCorrected = 4;
    private const int LongWord = 8;
    private readonly HashSet<string> _known;
    private readonly string[] _dishes;
    private readonly string[] _steering;

    public Spelling(MenuLexicon lexicon)
    {
        var steering = CuePhrases.Table.SelectMany(row => row.Phrases).SelectMany(phrase => phrase.Split(' ')).Select(Tokens.Stem).ToHashSet(StringComparer.Ordinal);
        _known = [.. steering, .. CuePhrases.Fillers, .. CuePhrases.Fillers.Select(Tokens.Stem), .. lexicon.Words];
        _dishes = [.. lexicon.Words.Where(word => word.Length >= ShortestCorrected)];
        _steering = [.. steering.Where(word => word.Length >= ShortestCorrected)];
    }

    public List<Token> Correct(List<Token> tokens)
    {
        var corrected = new List<Token>(tokens.Count);
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (IsKnown(token))
            {
                corrected.Add(token);
            }
            else if (i + 1 < tokens.Count && _known.Contains(token.Stem + tokens[i + 1].Stem))
            {
                var joined = token.Word + tokens[i + 1].Word;
                corrected.Add(new Token(joined, Tokens.Stem(joined), token.Start, tokens[i + 1].End));
                i++;
            }
            else if (FindSplit(token) is var (left, right) && left.Length > 0)
            {
                corrected.Add(token with { Word = left, Stem = left });
                corrected.Add(token with { Word = right, Stem = right });
            }
            else
            {
                var target = FindNearest(token.Stem, _dishes) ?? FindNearest(token.Stem, _steering);
                corrected.Add(target is null ? token : token with { Word = target, Stem = target });
            }
        }

        return corrected;
    }

    private bool IsKnown(Token token) =>
        _known.Contains(token.Stem) || _known.Contains(token.Word) || NumberWords.Read([token], 0).Length > 0;

    private (string Left, string Right) FindSplit(Token token)
    {
        for (var cut = 3; cut <= token.Stem.Length - 3; cut++)
        {
            if (_known.Contains(token.Stem[..cut]) && _known.Contains(token.Stem[cut..]))
            {
                return (token.Stem[..cut], token.Stem[cut..]);
            }
        }

        return ("", "");
    }

    private static string? FindNearest(string stem, string[] targets)
    {
        if (stem.Length < ShortestCorrected)
        {
            return null;
        }

        var allowed = stem.Length >= LongWord ? 2 : 1;
        var bestDistance = allowed + 1;
        string? best = null;
        foreach (var target in targets)
        {
            if (Math.Abs(target.Length - stem.Length) > allowed)
            {
                continue;
            }

            var distance = EditDistance(stem, target);
            if (distance < bestDistance)
            {
                (best, bestDistance) = (target, distance);
            }
            else if (distance == bestDistance)
            {
                best = null;
            }
        }

        return best;
    }

    /// <summary>Insertions, deletions, substitutions and swaps of neighbours.</summary>
    internal static int EditDistance(string a, string b)
    {
        var rows = new int[3][];
        for (var i = 0; i < 3; i++)
        {
            rows[i] = new int[b.Length + 1];
        }

        for (var j = 0; j <= b.Length; j++)
        {
            rows[0][j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            var (row, above, twoAbove) = (rows[i % 3], rows[(i + 2) % 3], rows[(i + 1) % 3]);
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(above[j] + 1, row[j - 1] + 1), above[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    row[j] = Math.Min(row[j], twoAbove[j - 2] + 1);
                }
            }
        }

        return rows[a.Length % 3][b.Length];
    }
}
