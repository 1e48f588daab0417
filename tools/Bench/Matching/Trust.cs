using VoiceOrdering.Grains.Restaurants.Matching;
using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Bench.Matching;

/// <summary>
/// What confidence is worth: on the half of the sentences that its constants were fitted on (every other one, beginning with the first) and on the half that was
/// held out, each as it was written and as speech recognition might take it down.
/// </summary>
internal static class Trust
{
    private const int NoiseSeed = 20_261_121, Spoilings = 5, Suggestions = 3;
    private const double WordsSpoiled = 0.12;

    public static IEnumerable<BenchResult> Measure(IReadOnlyList<OrderData> sets)
    {
        foreach (var (half, isTraining) in new[] { ("training half", true), ("held-out half", false) })
            foreach (var isNoisy in new[] { false, true })
                foreach (var result in Report($"{half}, {(isNoisy ? "noisy" : "clean")}", Judge(sets, isTraining, isNoisy))) yield return result;
    }

    private static MatchScore Judge(IReadOnlyList<OrderData> sets, bool isTraining, bool isNoisy)
    {
        var score = new MatchScore();
        foreach (var data in sets)
        {
            var menu = CatalogueMenu.From(data);
            var index = MenuIndex.Build(new MenuSnapshot(1, menu.Menu));
            foreach (var sentence in data.Sentences.Where((_, at) => at % 2 == 0 == isTraining))
            {
                for (var spoiling = 0; spoiling < (isNoisy ? Spoilings : 1); spoiling++)
                    Judge(score, sentence, menu, index, isNoisy ? new SpeechNoise(NoiseSeed + spoiling, WordsSpoiled).Spoil(sentence.Text) : sentence.Text);
            }
        }

        return score;
    }

    private static void Judge(MatchScore score, OrderSentence sentence, CatalogueMenu menu, MenuIndex index, string text)
    {
        var parsed = index.Parse(text, MatchThresholds.Accept);
        var suggested = parsed.Unmatched.SelectMany(words => words.Suggestions).Concat(index.Suggest(text, Suggestions)).Select(suggestion => menu.ItemOf(suggestion.ItemId));
        var lines = parsed.Lines.Select(line => new UnderstoodLine(menu.TreeOf(line), menu.ItemOf(line.ItemId), line.Confidence)).ToList();
        score.Add([.. sentence.Orders.Select(order => (order, menu.ItemOf(order)))], lines, suggested.ToHashSet(StringComparer.Ordinal), MatchThresholds.Accept);
    }

    private static IEnumerable<BenchResult> Report(string name, MatchScore score)
    {
        yield return new BenchResult($"{name}: exact match", score.Exact, "%");
        yield return new BenchResult($"{name}: item recall", score.ItemRecall, "%");
        yield return new BenchResult($"{name}: accepted, of the lines", Share(score, line => line.Confidence >= MatchThresholds.Accept), "%");
        yield return new BenchResult($"{name}: asked, of the lines", Share(score, line => line.Confidence is >= MatchThresholds.Confirm and < MatchThresholds.Accept), "%");
        yield return new BenchResult($"{name}: asked or suggested, of {score.Missed} not accepted", score.SuggestionRecall, "%");
        foreach (var threshold in new[] { MatchThresholds.Confirm, MatchThresholds.Accept })
        {
            yield return new BenchResult($"{name}: false accepts at {threshold:0.00}", score.FalseAccepts(threshold), "%");
            yield return new BenchResult($"{name}: flawed accepts at {threshold:0.00}", score.FlawedAccepts(threshold), "%");
        }

        yield return new BenchResult($"{name}: calibration error, item", Calibration.Error(score.Lines, line => line.ItemIsRight), "%");
        yield return new BenchResult($"{name}: calibration error, all", Calibration.Error(score.Lines, line => line.AllIsRight), "%");
        yield return new BenchResult($"{name}: Brier score, all", Calibration.Brier(score.Lines, line => line.AllIsRight), "");
        foreach (var (from, to, lines) in Calibration.Bins(score.Lines))
        {
            var span = to > 1 ? $"{from:0.00} and more" : $"{from:0.00} to {to:0.00}";
            yield return new BenchResult($"{name}, {span}: item right, of {lines.Count} lines", 100.0 * lines.Count(line => line.ItemIsRight) / lines.Count, "%");
            yield return new BenchResult($"{name}, {span}: all right", 100.0 * lines.Count(line => line.AllIsRight) / lines.Count, "%");
        }
    }

    private static double Share(MatchScore score, Func<JudgedLine, bool> which) => score.Lines.Count == 0 ? 0 : 100.0 * score.Lines.Count(which) / score.Lines.Count;
}
