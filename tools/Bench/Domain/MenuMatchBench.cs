using System.Runtime.CompilerServices;
using VoiceOrdering.Bench.Matching;
using VoiceOrdering.Grains.Restaurants;
using VoiceOrdering.Grains.Restaurants.Matching;
using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Bench.Domain;

/// <summary>Words to lines on a large menu: the time of one parse, and what it allocates.</summary>
internal sealed class MenuMatchBench : IBenchGroup
{
    private const int Items = 350;
    private const int SentenceCount = 2_000;

    public string Name => "match";

    public string What => $"understanding sentences of one to four items on a menu of {Items} items, every fifth name misspelt";

    public async IAsyncEnumerable<BenchResult> RunAsync(BenchOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (options.Data is { } folder)
        {
            foreach (var result in PeoplesWords.Measure(folder, options.Time)) yield return result;
        }

        await Task.CompletedTask;
        var menu = LargeMenu.Create(Items);
        if (MenuValidation.Validate(menu, new Limits()) is [var fault, ..]) throw new InvalidOperationException($"The menu of the benchmark is faulty: {fault.Path} {fault.Sentence}");
        var began = options.Time.GetTimestamp();
        var index = MenuIndex.Build(new MenuSnapshot(1, menu));
        yield return new BenchResult("index build", options.Time.GetElapsedTime(began).TotalMilliseconds, "ms");

        var sentences = LargeMenu.Sentences(menu, SentenceCount);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        foreach (var sentence in sentences) index.Parse(sentence, MatchThresholds.Accept);
        var bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)sentences.Length;
        var (all, best) = Measure(options, sentences, sentence => index.Parse(sentence, MatchThresholds.Accept), cancellationToken);
        yield return new BenchResult("parse", Percentile(all, 0.50), "µs p50");
        yield return new BenchResult("parse, with whatever else the machine does", Percentile(all, 0.99), "µs p99");
        yield return new BenchResult("parse, each sentence's best time", Percentile(best, 0.99), "µs p99", 1_000, Direction.Lower);
        yield return new BenchResult("parse", bytes, "bytes allocated");

        var items = index.Items;
        (_, best) = Measure(options, sentences, sentence => index.ConfidenceOf(items[sentence.Length % items.Count], sentence), cancellationToken);
        yield return new BenchResult("confidence of a chosen item, each sentence's best time", Percentile(best, 0.99), "µs p99", 1_000, Direction.Lower);
    }

    /// <summary>All times, and the best of each sentence: on a shared machine the first tells of its scheduler too, the second only of the code.</summary>
    private static (List<double> All, List<double> Best) Measure<T>(BenchOptions options, string[] sentences, Func<string, T> act, CancellationToken cancellationToken)
    {
        var all = new List<double>(1 << 20);
        var best = Enumerable.Repeat(double.MaxValue, sentences.Length).ToList();
        var start = options.Time.GetTimestamp();
        for (var i = 0; (i < sentences.Length || options.Time.GetElapsedTime(start) < options.Duration) && !cancellationToken.IsCancellationRequested; i++)
        {
            var began = options.Time.GetTimestamp();
            act(sentences[i % sentences.Length]);
            var micros = options.Time.GetElapsedTime(began).TotalMicroseconds;
            all.Add(micros);
            best[i % sentences.Length] = Math.Min(best[i % sentences.Length], micros);
        }
        all.Sort();
        best.Sort();
        return (all, best);
    }

    private static double Percentile(List<double> sorted, double share) => sorted[Math.Min((int)(sorted.Count * share), sorted.Count - 1)];
}
