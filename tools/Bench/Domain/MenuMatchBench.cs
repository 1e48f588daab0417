using System.Runtime.CompilerServices;
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
        await Task.CompletedTask;
        var menu = LargeMenu.Create(Items);
        if (MenuValidation.Validate(menu, new Limits()) is [var fault, ..]) throw new InvalidOperationException($"The menu of the benchmark is faulty: {fault.Path} {fault.Sentence}");
        var began = options.Time.GetTimestamp();
        var index = MenuIndex.Build(new MenuSnapshot(1, menu));
        yield return new BenchResult("index build", options.Time.GetElapsedTime(began).TotalMilliseconds, "ms");

        var sentences = LargeMenu.Sentences(menu, SentenceCount);
        foreach (var sentence in sentences) index.Parse(sentence, MatchThresholds.Accept);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var micros = Measure(options, sentences, sentence => index.Parse(sentence, MatchThresholds.Accept), cancellationToken);
        var bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)micros.Count;
        yield return new BenchResult("parse", Percentile(micros, 0.50), "µs p50");
        yield return new BenchResult("parse", Percentile(micros, 0.99), "µs p99", 1_000, Direction.Lower);
        yield return new BenchResult("parse", bytes, "bytes allocated");

        var items = index.Items;
        var confidence = Measure(options, sentences, sentence => index.ConfidenceOf(items[sentence.Length % items.Count], sentence), cancellationToken);
        yield return new BenchResult("confidence of a chosen item", Percentile(confidence, 0.99), "µs p99", 1_000, Direction.Lower);
    }

    private static List<double> Measure<T>(BenchOptions options, string[] sentences, Func<string, T> act, CancellationToken cancellationToken)
    {
        var micros = new List<double>(1 << 20);
        var start = options.Time.GetTimestamp();
        for (var i = 0; options.Time.GetElapsedTime(start) < options.Duration && !cancellationToken.IsCancellationRequested; i++)
        {
            var began = options.Time.GetTimestamp();
            act(sentences[i % sentences.Length]);
            micros.Add(options.Time.GetElapsedTime(began).TotalMicroseconds);
        }
        micros.Sort();
        return micros;
    }

    private static double Percentile(List<double> sorted, double share) => sorted[Math.Min((int)(sorted.Count * share), sorted.Count - 1)];
}
