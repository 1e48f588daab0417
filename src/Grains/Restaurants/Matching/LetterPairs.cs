namespace VoiceOrdering.Grains.Restaurants.Matching;

/// <summary>Dice coefficient of neighbouring letters: forgiving about word order and endings, used only for suggestions.</summary>
internal static class LetterPairs
{
    public static double Similarity(string a, string b)
    {
        if (a.Length < 2 || b.Length < 2) return 0;
        Span<byte> counts = stackalloc byte[27 * 27];
        counts.Clear();
        var pairsA = 0;
        for (var i = 1; i < a.Length; i++)
        {
            if (Cell(a[i - 1], a[i]) is not { } cell) continue;
            if (counts[cell] < byte.MaxValue) counts[cell]++;
            pairsA++;
        }
        int pairsB = 0, shared = 0;
        for (var i = 1; i < b.Length; i++)
        {
            if (Cell(b[i - 1], b[i]) is not { } cell) continue;
            pairsB++;
            if (counts[cell] == 0) continue;
            counts[cell]--;
            shared++;
        }
        return pairsA + pairsB == 0 ? 0 : 2.0 * shared / (pairsA + pairsB);
    }

    private static int? Cell(char first, char second)
    {
        var x = Letter(first);
        var y = Letter(second);
        return x < 0 || y < 0 ? null : x * 27 + y;
    }

    private static int Letter(char c)
    {
        c = char.ToLowerInvariant(c);
        return char.IsAsciiLetterLower(c) ? c - 'a' : char.IsLetterOrDigit(c) ? 26 : -1;
    }
}
