using VoiceOrdering.Grains.Restaurants.Matching;
using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Bench.Matching;

/// <summary>What the matcher makes of sentences that people said, beside the same front-end with FuzzySharp's scoring of names.</summary>
internal static class PeoplesWords
{
    private const double TargetExact = 80, TargetRecall = 95, TargetFalseAccepts = 2;
    private const int TimedRounds = 20, BaselineRounds = 1, WarmUpRounds = 30, Suggestions = 3;
    private const string Baseline = "with FuzzySharp";

    /// <exception cref="OrderDataException">The folder cannot be read.</exception>
    public static IEnumerable<BenchResult> Measure(string folder, TimeProvider time)
    {
        var sets = OrderFolder.Read(folder);
        var (all, baseline) = (new Figures("all"), new Figures("all, " + Baseline));
        foreach (var data in sets)
        {
            var menu = CatalogueMenu.From(data);
            var index = MenuIndex.Build(new MenuSnapshot(1, menu.Menu));
            var names = new FuzzyPhrases(index);
            var ours = new Figures(data.Name);
            ours.Judge(data, menu, index, text => index.Parse(text, MatchThresholds.Accept));
            new Figures("warm-up").Clock(data, WarmUpRounds, time, text => index.Parse(text, MatchThresholds.Accept));
            ours.Clock(data, TimedRounds, time, text => index.Parse(text, MatchThresholds.Accept));
            var theirs = new Figures($"{data.Name}, {Baseline}");
            theirs.Judge(data, menu, index, text => index.Parse(text, MatchThresholds.Accept, names));
            theirs.Clock(data, BaselineRounds, time, text => index.Parse(text, MatchThresholds.Accept, names));
            all.Add(ours);
            baseline.Add(theirs);
            foreach (var result in Report(ours, isJudged: false).Concat(Report(theirs, isJudged: false))) yield return result;
        }

        foreach (var result in Trust.Measure(sets)) yield return result;
        foreach (var result in Report(all, isJudged: true).Concat(Report(baseline, isJudged: false)).Concat(Thresholds(all.Score))) yield return result;
    }

    private static IEnumerable<BenchResult> Report(Figures figures, bool isJudged)
    {
        var (name, score) = (figures.Name, figures.Score);
        yield return new BenchResult($"{name}: exact match", score.Exact, "%", isJudged ? TargetExact : null);
        yield return new BenchResult($"{name}: item recall", score.ItemRecall, "%", isJudged ? TargetRecall : null);
        yield return new BenchResult($"{name}: item recall, accepted at once", score.AcceptedRecall, "%");
        yield return new BenchResult($"{name}: quantities right", score.Quantity, "%");
        yield return new BenchResult($"{name}: negations right", score.Negation, "%");
        yield return new BenchResult($"{name}: false accepts at {MatchThresholds.Accept}", score.FalseAccepts(MatchThresholds.Accept), "%", isJudged ? TargetFalseAccepts : null, Direction.Lower);
        yield return new BenchResult($"{name}: accepted lines with any flaw", score.FlawedAccepts(MatchThresholds.Accept), "%");
        yield return new BenchResult($"{name}: asked or suggested@{Suggestions}, of {score.Missed} not accepted", score.SuggestionRecall, "%");
        yield return new BenchResult($"{name}: a sentence", figures.Percentile(0.50), "µs p50");
        yield return new BenchResult($"{name}: a sentence", figures.Percentile(0.99), "µs p99", isJudged ? 1_000 : null, Direction.Lower);
    }

    private static IEnumerable<BenchResult> Thresholds(MatchScore score)
    {
        foreach (var threshold in new[] { MatchThresholds.Confirm, MatchThresholds.Accept })
        {
            yield return new BenchResult($"accept at {threshold:0.00}: false accepts", score.FalseAccepts(threshold), "%");
            yield return new BenchResult($"accept at {threshold:0.00}: accepted at once, of the items ordered", score.RecallAt(threshold), "%");
        }
    }

    /// <summary>What was counted and timed for one restaurant or for all.</summary>
    private sealed class Figures(string name)
    {
        private readonly List<double> _micros = [];

        public string Name { get; } = name;
        public MatchScore Score { get; } = new();

        public void Judge(OrderData data, CatalogueMenu menu, MenuIndex index, Func<string, ParsedOrder> parse)
        {
            foreach (var sentence in data.Sentences)
            {
                var parsed = parse(sentence.Text);
                var suggested = parsed.Unmatched.SelectMany(words => words.Suggestions).Concat(index.Suggest(sentence.Text, Suggestions)).Select(suggestion => menu.ItemOf(suggestion.ItemId));
                var lines = parsed.Lines.Select(line => new UnderstoodLine(menu.TreeOf(line), menu.ItemOf(line.ItemId), line.Confidence)).ToList();
                Score.Add([.. sentence.Orders.Select(order => (order, menu.ItemOf(order)))], lines, suggested.ToHashSet(StringComparer.Ordinal), MatchThresholds.Accept);
            }
        }

        public void Clock(OrderData data, int rounds, TimeProvider time, Func<string, ParsedOrder> parse)
        {
            for (var round = 0; round < rounds; round++)
            {
                foreach (var sentence in data.Sentences)
                {
                    var began = time.GetTimestamp();
                    parse(sentence.Text);
                    _micros.Add(time.GetElapsedTime(began).TotalMicroseconds);
                }
            }
        }

        public void Add(Figures other)
        {
            Score.Add(other.Score);
            _micros.AddRange(other._micros);
        }

        public double Percentile(double share)
        {
            var sorted = _micros.Order().ToList();
            return sorted[Math.Min((int)(sorted.Count * share), sorted.Count - 1)];
        }
    }
}
