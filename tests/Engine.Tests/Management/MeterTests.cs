using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using VoiceOrdering.Engine.Tests.Invocation;
using VoiceOrdering.Engine.Tests.Support;

namespace VoiceOrdering.Engine.Tests.Management;

[Collection(EngineCollection.Name)]
public sealed class MeterTests(EngineFixture engine)
{
    [Fact]
    public async Task The_meter_counts_activations_calls_and_failures_under_the_names_of_Orleans()
    {
        // Engines of other tests in this process report as well, and this one's silo still lets go of what earlier tests left.
        var ofSilo = engine.Cluster.GetSiloServiceProvider().GetRequiredService<IMeterFactory>();
        var ofClient = engine.Cluster.Client.ServiceProvider.GetRequiredService<IMeterFactory>();
        var seen = new ConcurrentDictionary<string, long>(StringComparer.Ordinal);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, own) =>
        {
            if (instrument.Meter.Name == "Microsoft.Orleans" && (instrument.Meter.Scope == ofSilo || instrument.Meter.Scope == ofClient))
            {
                own.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            if (instrument.Name != "orleans-grains" || TypeIn(tags)?.Contains("CalculatorGrain", StringComparison.Ordinal) is true)
            {
                seen.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value);
            }
        });
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => seen.AddOrUpdate(instrument.Name, value, (_, most) => Math.Max(most, value)));
        listener.Start();

        var grain = engine.Grains.GetGrain<ICalculatorGrain>(Gates.New("metered"));
        await grain.AddAsync(1, 1);
        await Should.ThrowAsync<InvalidOperationException>(() => grain.FailAsync("counted"));
        listener.RecordObservableInstruments();

        seen["orleans-catalog-activation-created"].ShouldBeGreaterThan(0);
        seen["orleans-grains"].ShouldBeGreaterThan(0);
        seen["orleans-catalog-activations"].ShouldBeGreaterThan(0);
        seen["orleans-app-requests-failed"].ShouldBeGreaterThan(0);
        seen["orleans-app-requests-latency-count"].ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Every_call_is_counted_once_by_the_engine_that_made_it()
    {
        await using var cluster = new InProcessTestClusterBuilder(1).Build();
        await cluster.DeployAsync();
        var ofClient = cluster.Client.ServiceProvider.GetRequiredService<IMeterFactory>();
        var ofSilo = cluster.GetSiloServiceProvider().GetRequiredService<IMeterFactory>();
        var counts = new ConcurrentDictionary<object, long>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, own) =>
        {
            if (instrument.Name == "orleans-app-requests-latency-count" && instrument.Meter.Scope is { } scope && (scope == ofClient || scope == ofSilo))
            {
                own.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => counts[instrument.Meter.Scope!] = value);
        listener.Start();

        // One call of the client makes two of the silo. Some hundreds of them, so that calls on their senders' threads are among them.
        const int Calls = 300;
        var grain = cluster.Client.GetGrain<ICalculatorGrain>("counted");
        await Task.Run(async () =>
        {
            for (var call = 0; call < Calls; call++)
            {
                await grain.AddThroughAsync(cluster.Client.GetGrain<ICalculatorGrain>("counted-other"), call, 1);
            }
        });
        listener.RecordObservableInstruments();

        counts[ofClient].ShouldBe(Calls);
        counts[ofSilo].ShouldBe(2 * Calls);
    }

    private static string? TypeIn(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var tag in tags)
        {
            if (tag.Key == "type")
            {
                return tag.Value as string;
            }
        }

        return null;
    }
}
