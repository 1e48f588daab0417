using System.Diagnostics.Metrics;
using VoiceOrdering.Silo.Observability.Metrics;

namespace VoiceOrdering.Silo.Tests.Observability;

public sealed class PrometheusTextTests : IDisposable
{
    private readonly Meter meter = new("VoiceOrdering.Tests." + nameof(PrometheusTextTests) + Interlocked.Increment(ref instances));
    private readonly PrometheusText exporter;
    private static int instances;

    public PrometheusTextTests() => exporter = new PrometheusText(new MetricsSettings { Meters = [meter.Name], SeriesPerMetric = 10, LabelValueLength = 32 });

    public void Dispose()
    {
        exporter.Dispose();
        meter.Dispose();
    }

    [Fact]
    public void Counters_add_up_by_labels_whatever_their_order()
    {
        var counter = meter.CreateCounter<long>("ai.requests", "{request}", "Requests to the model.");
        counter.Add(2, new("route", "chat"), new("outcome", "ok"));
        counter.Add(3, new("outcome", "ok"), new("route", "chat"));
        counter.Add(5, new KeyValuePair<string, object?>("route", "transcribe"));
        counter.Add(7);

        var parsed = Parse();
        parsed.Types["ai_requests_total"].ShouldBe("counter");
        parsed.One("ai_requests_total", ("route", "chat"), ("outcome", "ok")).Value.ShouldBe(5);
        parsed.One("ai_requests_total", ("route", "transcribe")).Value.ShouldBe(5);
        parsed.Samples.Single(s => s.Name == "ai_requests_total" && s.Labels.Count == 0).Value.ShouldBe(7);
    }

    [Fact]
    public void Histograms_have_cumulated_buckets_sum_and_count()
    {
        var histogram = meter.CreateHistogram("ai.duration", "s", "Time to answer.", null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1, 5] });
        foreach (var value in new[] { 0.05, 0.1, 0.5, 4, 60 })
        {
            histogram.Record(value, new KeyValuePair<string, object?>("route", "chat"));
        }

        var parsed = Parse();
        parsed.Types["ai_duration_seconds"].ShouldBe("histogram");
        double Bucket(string le) => parsed.One("ai_duration_seconds_bucket", ("route", "chat"), ("le", le)).Value;
        (Bucket("0.1"), Bucket("1"), Bucket("5"), Bucket("+Inf")).ShouldBe((2d, 3d, 4d, 5d));
        parsed.One("ai_duration_seconds_sum").Value.ShouldBe(64.65, 1e-9);
        parsed.One("ai_duration_seconds_count").Value.ShouldBe(5);
    }

    [Fact]
    public void Sums_that_can_fall_and_observed_values_are_gauges()
    {
        var open = meter.CreateUpDownCounter<int>("sessions.open");
        open.Add(5);
        open.Add(-2);
        meter.CreateObservableUpDownCounter("queue.length", () => new Measurement<int>(11, new KeyValuePair<string, object?>("queue", "write")));
        meter.CreateObservableGauge("cpu.use", () => 0.25, "1");
        meter.CreateGauge<double>("last.level", "dB").Record(-3.5);
        var total = 100L;
        meter.CreateObservableCounter("frames", () => total);

        var parsed = Parse();
        parsed.One("sessions_open").Value.ShouldBe(3);
        parsed.One("queue_length", ("queue", "write")).Value.ShouldBe(11);
        parsed.One("cpu_use_ratio").Value.ShouldBe(0.25);
        parsed.One("last_level").Value.ShouldBe(-3.5);
        parsed.Types.Where(t => t.Value == "gauge").Select(t => t.Key).Order(StringComparer.Ordinal).ShouldBe(["cpu_use_ratio", "last_level", "queue_length", "sessions_open"]);
        parsed.One("frames_total").Value.ShouldBe(100);
        total = 140;
        Parse().One("frames_total").Value.ShouldBe(140, "an observed counter is the total itself, not added up");
    }

    [Fact]
    public void An_observed_gauge_that_is_not_seen_any_more_disappears()
    {
        var types = new List<string> { "cart", "session" };
        meter.CreateObservableGauge("activations", () => types.Select(t => new Measurement<int>(1, new KeyValuePair<string, object?>("type", t))));
        Parse().Samples.Count(s => s.Name == "activations").ShouldBe(2);
        types.Remove("cart");
        Parse().Samples.Where(s => s.Name == "activations").ShouldHaveSingleItem().Labels["type"].ShouldBe("session");
    }

    [Fact]
    public void Hostile_names_values_and_descriptions_are_escaped()
    {
        var counter = meter.CreateCounter<int>("9 strange-näme", null, "Two\nlines with \\ and \"quotes\"");
        counter.Add(1, new("le", "x"), new("__name__", "y"), new("a-b", "back\\slash \"quote\"\nline"), new("a.b", null), new("flag", true), new("n", 1.5));
        counter.Add(1, new KeyValuePair<string, object?>("long", new string('l', 31) + "😀"));

        var parsed = Parse();
        var labels = parsed.Samples.First(s => s.Labels.ContainsKey("flag")).Labels;
        labels["a_b"].ShouldBe("back\\slash \"quote\"\nline;");
        (labels["le_label"], labels["label__name__"], labels["flag"], labels["n"]).ShouldBe(("x", "y", "true", "1.5"));
        parsed.Samples.Single(s => s.Labels.ContainsKey("long")).Labels["long"].ShouldBe(new string('l', 31));
    }

    [Fact]
    public void Too_many_label_values_are_counted_together_and_the_loss_is_counted()
    {
        var counter = meter.CreateCounter<int>("hits");
        for (var i = 0; i < 100; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("caller", i));
        }
        var parsed = Parse();
        parsed.Samples.Count(s => s.Name == "hits_total").ShouldBe(11);
        parsed.One("hits_total", ("overflow", "true")).Value.ShouldBe(90);
        parsed.One("metrics_series_overflow_total").Value.ShouldBe(90);
    }

    [Fact]
    public void A_name_clash_of_different_kinds_keeps_the_first_and_is_counted()
    {
        var before = Parse().One("metrics_instruments_left_out_total").Value;
        meter.CreateUpDownCounter<int>("clash_total").Add(1);
        meter.CreateCounter<int>("clash").Add(1);
        var parsed = Parse();
        parsed.Types["clash_total"].ShouldBe("gauge");
        (parsed.One("metrics_instruments_left_out_total").Value - before).ShouldBe(1);
    }

    [Fact]
    public async Task Recording_from_many_threads_loses_nothing()
    {
        var counter = meter.CreateCounter<long>("calls");
        var histogram = meter.CreateHistogram<double>("times", "s");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < 25_000; i++)
            {
                counter.Add(1, new KeyValuePair<string, object?>("thread", thread % 2));
                histogram.Record(0.001);
            }
        }))).InTimeAsync();
        var parsed = Parse();
        parsed.Samples.Where(s => s.Name == "calls_total").Sum(s => s.Value).ShouldBe(100_000);
        parsed.One("times_seconds_count").Value.ShouldBe(100_000);
    }

    [Fact]
    public void An_instrument_that_throws_does_not_stop_the_others()
    {
        meter.CreateObservableGauge("broken", new Func<int>(() => throw new InvalidOperationException("no value")));
        meter.CreateObservableGauge("sound", () => 4);
        Parse().One("sound").Value.ShouldBe(4);
    }

    [Fact]
    public async Task The_default_meters_of_runtime_and_storage_are_valid_text()
    {
        using var everything = new PrometheusText(new MetricsSettings());
        using var file = new Storage.TemporaryFile();
        await file.Database.WriteAsync(session => session.Bound("SELECT 1").ExecuteScalar(), default).InTimeAsync();
        GC.Collect();
        file.Close();
        var parsed = PrometheusParser.Parse(everything.Write());
        parsed.One("storage_writes_total").Value.ShouldBeGreaterThanOrEqualTo(1);
        parsed.Samples.ShouldContain(s => s.Name.StartsWith("dotnet_gc_collections", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a_total 1\n"), InlineData("# HELP a b\n# TYPE a counter\na 1\n"), InlineData("# HELP a b\n# TYPE a gauge\na 1"), InlineData("# HELP a b\n# TYPE a gauge\na{x=\"1\"y=\"2\"} 1\n"),
     InlineData("# HELP a b\n# TYPE a gauge\na 1\na 1\n"), InlineData("# HELP a b\n# TYPE a gauge\na{x=\"\\q\"} 1\n"), InlineData("# HELP a b\n# TYPE a gauge\na one\n"),
     InlineData("# HELP h b\n# TYPE h histogram\nh_bucket{le=\"1\"} 2\nh_bucket{le=\"+Inf\"} 1\nh_sum 1\nh_count 1\n")]
    public void The_parser_refuses_what_the_format_forbids(string text) => Should.Throw<FormatException>(() => PrometheusParser.Parse(text));

    private PrometheusParser Parse() => PrometheusParser.Parse(exporter.Write());
}
