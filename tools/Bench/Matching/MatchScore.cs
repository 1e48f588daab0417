namespace VoiceOrdering.Bench.Matching;

/// <summary>What an understood line was worth.</summary>
/// <param name="Order">Its tree.</param>
/// <param name="Item">Its item.</param>
/// <param name="Confidence">0–1.</param>
internal sealed record UnderstoodLine(OrderTree Order, string Item, double Confidence);

/// <summary>A line that was judged.</summary>
/// <param name="Confidence">0–1.</param>
/// <param name="ItemIsRight">Whether the truth has this item.</param>
/// <param name="AllIsRight">Whether the truth has this very line.</param>
internal readonly record struct JudgedLine(double Confidence, bool ItemIsRight, bool AllIsRight);

/// <summary>Counts right and wrong over any number of sentences.</summary>
internal sealed class MatchScore
{
    private int _sentences, _exact, _items, _found, _accepted, _quantitiesRight, _negations, _negationsRight, _missed, _suggested;

    public List<JudgedLine> Lines { get; } = [];
    public double Exact => Share(_exact, _sentences);
    public double ItemRecall => Share(_found, _items);
    public double AcceptedRecall => Share(_accepted, _items);
    public double Quantity => Share(_quantitiesRight, _found);
    public double Negation => Share(_negationsRight, _negations);
    public double SuggestionRecall => Share(_suggested, _missed);
    public int Missed => _missed;

    /// <summary>Accepted lines whose item nobody ordered, in percent of the accepted lines.</summary>
    public double FalseAccepts(double acceptAt) => Share(Lines.Count(line => line.Confidence >= acceptAt && !line.ItemIsRight), Lines.Count(line => line.Confidence >= acceptAt));

    /// <summary>Items that would be accepted at this threshold, in percent of those ordered.</summary>
    public double RecallAt(double acceptAt) => Share(Lines.Count(line => line.Confidence >= acceptAt && line.ItemIsRight), _items);

    /// <summary>Accepted lines that differ from the order in anything, in percent of the accepted lines.</summary>
    public double FlawedAccepts(double acceptAt) => Share(Lines.Count(line => line.Confidence >= acceptAt && !line.AllIsRight), Lines.Count(line => line.Confidence >= acceptAt));

    /// <summary>Judges one sentence.</summary>
    /// <param name="truth">The orders with their items.</param>
    /// <param name="understood">The lines.</param>
    /// <param name="suggestions">Items that were offered for what was not accepted.</param>
    /// <param name="acceptAt">The threshold.</param>
    /// <returns>Whether all was understood exactly.</returns>
    public bool Add(IReadOnlyList<(OrderTree Order, string Item)> truth, IReadOnlyList<UnderstoodLine> understood, IReadOnlySet<string> suggestions, double acceptAt)
    {
        _sentences++;
        _items += truth.Count;
        var exact = truth.Select(order => order.Order.Canonical()).Order(StringComparer.Ordinal).SequenceEqual(understood.Select(line => line.Order.Canonical()).Order(StringComparer.Ordinal));
        if (exact) _exact++;
        var open = understood.ToList();
        foreach (var (order, item) in truth)
        {
            var best = open.Where(line => line.Item == item).OrderByDescending(line => Likeness(order, line.Order)).FirstOrDefault();
            Compare(order, best?.Order);
            if (best is null || best.Confidence < acceptAt) Miss(best is not null || suggestions.Contains(item));
            if (best is null) continue;
            open.Remove(best);
            _found++;
            if (best.Confidence >= acceptAt) _accepted++;
            if (NumberOf(order) == NumberOf(best.Order)) _quantitiesRight++;
            Lines.Add(new JudgedLine(best.Confidence, true, order.Canonical() == best.Order.Canonical()));
        }
        Lines.AddRange(open.Select(line => new JudgedLine(line.Confidence, false, false)));
        return exact;
    }

    /// <summary>Adds what another score counted.</summary>
    public void Add(MatchScore other)
    {
        _sentences += other._sentences;
        _exact += other._exact;
        _items += other._items;
        _found += other._found;
        _accepted += other._accepted;
        _quantitiesRight += other._quantitiesRight;
        _negations += other._negations;
        _negationsRight += other._negationsRight;
        _missed += other._missed;
        _suggested += other._suggested;
        Lines.AddRange(other.Lines);
    }

    private void Compare(OrderTree truth, OrderTree? understood)
    {
        var wanted = NegationsOf(truth);
        var said = understood is null ? "" : NegationsOf(understood);
        if (wanted.Length == 0 && said.Length == 0) return;
        _negations++;
        if (wanted == said) _negationsRight++;
    }

    private void Miss(bool wasSuggested)
    {
        _missed++;
        if (wasSuggested) _suggested++;
    }

    private static int Likeness(OrderTree truth, OrderTree line) =>
        truth.Canonical() == line.Canonical() ? 100 : truth.Children.Select(child => child.Canonical()).Intersect(line.Children.Select(child => child.Canonical())).Count() + (NumberOf(truth) == NumberOf(line) ? 1 : 0);

    private static string NumberOf(OrderTree order) => order.Find(OrderTree.Number)?.Children[0].Label ?? "1";

    private static string NegationsOf(OrderTree order) => string.Join(' ', order.Children.Where(child => child.Label == OrderTree.Negated).Select(child => child.Canonical()).Order(StringComparer.Ordinal));

    private static double Share(int part, int whole) => whole == 0 ? 100 : 100.0 * part / whole;
}
