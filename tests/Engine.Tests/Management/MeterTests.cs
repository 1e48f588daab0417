using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
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
        var seen = new ConcurrentDictionary<string, long>(StringComparer.Ordinal);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, own) =>
        {
            if (instrument.Meter.Name == "Microsoft.Orleans")
            {
                own.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => seen.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value));
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => seen[instrument.Name] = value);
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
    public async Task A_listener_to_one_engine_counts_calls_also_after_another_engine_was_built()
    {
        var counted = 0L;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, own) =>
        {
            if (instrument.Name == "orleans-app-requests-latency-count")
            {
                own.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => counted = Math.Max(counted, value));
        listener.Start();
        listener.InstrumentPublished = null;
        using var later = new TestClusterBuilder(1).Build();
        await later.DeployAsync();

        var grain = engine.Grains.GetGrain<ICalculatorGrain>(Gates.New("metered"));
        listener.RecordObservableInstruments();
        var before = counted;
        await grain.AddAsync(1, 1);
        listener.RecordObservableInstruments();

        counted.ShouldBeGreaterThan(before);
        await later.StopAllSilosAsync();
    }
}
