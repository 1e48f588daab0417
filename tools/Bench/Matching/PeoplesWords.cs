using VoiceOrdering.Grains.Restaurants.Matching;
using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Bench.Matching;

/// <summary>What the matcher makes of sentences that people said, beside the same front-end with FuzzySharp's scoring of names.</summary>
internal static class PeoplesWords
{
    private const double TargetExact = 80, TargetRecall = 95, TargetFalseAccepts = 2;
    private const int TimedRounds = 20, Suggestions = 3;
    private static readonly double[] s_buckets = [0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 0.95, 1];

    /// <exception cref="OrderDataException">The folder cannot be read.</exception>
    public static IEnumerable<BenchResult> Measure(string folder, TimeProvider time)
    {
        var sets = OrderFolder.Read(folder);
        var all = new Figures("all");
        foreach (var data in sets)
        {
            var figures = MeasureSet(data, time);
            foreach (var result in Report(figures)) yield return result;
            all.Add(figures);
        }

        foreach (var result in Report(all).Concat(Reliability(all.Score))) yield return result;
    }

    private static Figures MeasureSet(OrderData data, TimeProvider time)
    {
        var menu = CatalogueMenu.From(data);
        var index = MenuIndex.Build(new MenuSnapshot(1, menu.Menu));
        var figures = new Figures(data.Name);
        foreach (var sentence in data.Sentences)
        {
            var parsed = index.Parse(sentence.Text, MatchThresholds.Accept);
            var suggested = parsed.Unmatched.SelectMany(words => words.Suggestions).Concat(index.Suggest(sentence.Text, Suggestions)).Select(suggestion => menu.ItemOf(suggestion.ItemId)).ToHashSet(StringComparer.Ordinal);
            var lines = parsed.Lines.Select(line => new UnderstoodLine(menu.TreeOf(line), menu.ItemOf(line.ItemId), line.Confidence)).ToList();
            var exact = figures.Score.Add([.. sentence.Orders.Select(order => (order, menu.ItemOf(order)))], lines, suggested, MatchThresholds.Accept);
            if (!exact && Environment.GetEnvironmentVariable("VO_SHOW") == data.Name)
            {
                Console.WriteLine(sentence.Text);
                foreach (var t in sentence.Orders.Select(o => o.Canonical()).Except(lines.Select(l => l.Order.Canonical()))) Console.WriteLine("   - " + t);
                foreach (var l in lines.Where(l => !sentence.Orders.Select(o => o.Canonical()).Contains(l.Order.Canonical()))) Console.WriteLine($"   + {l.Order.Canonical()} {l.Confidence}");
                if (parsed.Unmatched.Count > 0) Console.WriteLine("   ? " + string.Join(" | ", parsed.Unmatched.Select(u => u.Text)));
            }
        }

        for (var round = 0; round <= TimedRounds; round++)
        {
            foreach (var sentence in data.Sentences)
            {
                var began = time.GetTimestamp();
                index.Parse(sentence.Text, MatchThresholds.Accept);
                if (round > 0) figures.Micros.Add(time.GetElapsedTime(began).TotalMicroseconds);
            }
        }

        return figures;
    }

    private static IEnumerable<BenchResult> Report(Figures figures)
    {
        var (name, score, judged) = (figures.Name, figures.Score, figures.Name == "all");
        yield return new BenchResult($"{name}: exact match", score.Exact, "%", judged ? TargetExact : null);
        yield return new BenchResult($"{name}: item recall", score.ItemRecall, "%", judged ? TargetRecall : null);
        yield return new BenchResult($"{name}: item recall, accepted at once", score.AcceptedRecall, "%");
        yield return new BenchResult($"{name}: quantities right", score.Quantity, "%");
        yield return new BenchResult($"{name}: negations right", score.Negation, "%");
        yield return new BenchResult($"{name}: false accepts at {MatchThresholds.Accept}", score.FalseAccepts(MatchThresholds.Accept), "%", judged ? TargetFalseAccepts : null, Direction.Lower);
        yield return new BenchResult($"{name}: accepted lines with any flaw", score.FlawedAccepts(MatchThresholds.Accept), "%");
        yield return new BenchResult($"{name}: asked for or among {Suggestions} suggestions, of {score.Missed} not accepted", score.SuggestionRecall, "%");
        yield return new BenchResult($"{name}: time of a sentence", figures.Percentile(0.50), "µs p50");
        yield return new BenchResult($"{name}: time of a sentence", figures.Percentile(0.99), "µs p99", judged ? 1_000 : null, Direction.Lower);
    }

    private static IEnumerable<BenchResult> Reliability(MatchScore score)
    {
        for (var b = 0; b < s_buckets.Length; b++)
        {
            var (from, to) = (s_buckets[b], b + 1 < s_buckets.Length ? s_buckets[b + 1] : double.MaxValue);
            var lines = score.Lines.Where(line => line.Confidence >= from && line.Confidence < to).ToList();
            if (lines.Count == 0) continue;
            var span = to > 1 ? $"{from:0.00}" : $"{from:0.00} to below {to:0.00}";
            yield return new BenchResult($"confidence {span}: item right, of {lines.Count} lines", 100.0 * lines.Count(line => line.ItemIsRight) / lines.Count, "%");
            yield return new BenchResult($"confidence {span}: all right", 100.0 * lines.Count(line => line.AllIsRight) / lines.Count, "%");
        }

        foreach (var threshold in new[] { MatchThresholds.Confirm, MatchThresholds.Accept })
        {
            yield return new BenchResult($"accept at {threshold:0.00}: false accepts", score.FalseAccepts(threshold), "%");
            yield return new BenchResult($"accept at {threshold:0.00}: of the items ordered accepted at once", score.RecallAt(threshold), "%");
        }
    }

    /// <summary>What was counted and timed for one restaurant or for all.</summary>
    private sealed class Figures(string name)
    {
        public string Name { get; } = name;
        public MatchScore Score { get; } = new();
        public List<double> Micros { get; } = [];

        public void Add(Figures other)
        {
            Score.Add(other.Score);
            Micros.AddRange(other.Micros);
        }

        public double Percentile(double share)
        {
            var sorted = Micros.Order().ToList();
            return sorted[Math.Min((int)(sorted.Count * share), sorted.Count - 1)];
        }
    }
}
