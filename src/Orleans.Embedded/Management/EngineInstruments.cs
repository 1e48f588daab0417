using System.Diagnostics.Metrics;
using OrleansEmbedded.Activation;

namespace OrleansEmbedded.Hosting;

/// <summary>The engine's instruments, on Orleans' meter and with Orleans' names where it has them.</summary>
internal sealed class EngineInstruments : IDisposable
{
    public const string MeterName = "Microsoft.Orleans";

    private readonly Meter _meter;
    private readonly Counter<long> _created;
    private readonly Counter<long> _destroyed;
    private readonly Counter<long> _failedToActivate;
    private readonly Counter<long> _timedOut;
    private readonly Counter<long> _rejected;
    private readonly Counter<long> _failed;
    private readonly UpDownCounter<long> _grains;
    private readonly Lock _gate = new();
    private SiloNode[] _silos = [];

    public EngineInstruments(IMeterFactory? factory = null)
    {
        _meter = factory?.Create(MeterName) ?? new Meter(MeterName);
        _created = _meter.CreateCounter<long>("orleans-catalog-activation-created");
        _destroyed = _meter.CreateCounter<long>("orleans-catalog-activation-destroyed");
        _failedToActivate = _meter.CreateCounter<long>("orleans-catalog-activation-failed-to-activate");
        _timedOut = _meter.CreateCounter<long>("orleans-app-requests-timedout");
        _rejected = _meter.CreateCounter<long>("orleans-messaging-rejected");
        _failed = _meter.CreateCounter<long>("orleans-app-requests-failed");
        Calls = new CallStatistics(_meter);
        _grains = _meter.CreateUpDownCounter<long>("orleans-grains");
        _meter.CreateObservableGauge("orleans-catalog-activations", () => Measure(silo => silo.Catalog.Count));
        _meter.CreateObservableGauge("orleans-messaging-waiting", () => Measure(silo => silo.Catalog.All.Sum(activation => activation.WaitingCount)));
    }

    /// <summary>Calls that were sent here.</summary>
    public CallStatistics Calls { get; }

    public void Watch(SiloNode silo)
    {
        lock (_gate)
        {
            _silos = [.. _silos, silo];
        }
    }

    public void Forget(SiloNode silo)
    {
        lock (_gate)
        {
            _silos = [.. _silos.Where(known => !ReferenceEquals(known, silo))];
        }
    }

    public void ActivationCreated(GrainClass grainClass)
    {
        grainClass.CountActivation(1);
        if (_created.Enabled)
        {
            _created.Add(1);
        }

        if (_grains.Enabled)
        {
            _grains.Add(1, new KeyValuePair<string, object?>("type", grainClass.Type.FullName));
        }
    }

    public void ActivationDestroyed(GrainClass grainClass)
    {
        grainClass.CountActivation(-1);
        if (_destroyed.Enabled)
        {
            _destroyed.Add(1);
        }

        if (_grains.Enabled)
        {
            _grains.Add(-1, new KeyValuePair<string, object?>("type", grainClass.Type.FullName));
        }
    }

    public void ActivationFailed() => _failedToActivate.Add(1);

    public void CallTimedOut() => _timedOut.Add(1);

    public void CallRejected() => _rejected.Add(1);

    public void CallFailed() => _failed.Add(1);

    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<int>> Measure(Func<SiloNode, int> read)
        => _silos.Select(silo => new Measurement<int>(read(silo), new KeyValuePair<string, object?>("silo", silo.Address.ToString())));
}
