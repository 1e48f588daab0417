using VoiceOrdering.Silo.Observability.Metrics;
using VoiceOrdering.Silo.Outbox;
using VoiceOrdering.Silo.Storage.Relational;

namespace VoiceOrdering.Silo.Hosting;

/// <summary>How a silo runs; checked as a whole before anything starts.</summary>
public sealed record SiloSettings
{
    /// <summary>The database.</summary>
    public required StorageSettings Storage { get; init; }
    /// <summary>What <c>/metrics</c> exports.</summary>
    public MetricsSettings Metrics { get; init; } = new();
    /// <summary>How order events are sent.</summary>
    public OutboxSettings Outbox { get; init; } = new();
    /// <summary>Name of the cluster, 1–64 characters.</summary>
    public string ClusterId { get; init; } = "voiceordering";
    /// <summary>Name of the service, 1–64 characters; part of what states are kept under in some stores, so it never changes.</summary>
    public string ServiceId { get; init; } = "voiceordering";
    /// <summary>TCP port between silos, 1–65,535; unused by a silo that is alone.</summary>
    public int SiloPort { get; init; } = 11_111;
    /// <summary>TCP port for clients of the cluster, 1–65,535; unused by a silo that is alone.</summary>
    public int GatewayPort { get; init; } = 30_000;
    /// <summary>How long a grain call may take, 1 s–10 min.</summary>
    public TimeSpan ResponseTimeout { get; init; } = TimeSpan.FromSeconds(30);
    /// <summary>Idle time after which an activation is collected, 1 min–24 h.</summary>
    public TimeSpan CollectionAge { get; init; } = TimeSpan.FromMinutes(15);
    /// <summary>Name of the memory stream provider.</summary>
    public string StreamProvider { get; init; } = "memory";
    /// <summary>Runs once the silo takes calls, before the host counts as started; null for nothing. A failure stops the start.</summary>
    public Func<IServiceProvider, CancellationToken, Task>? Seed { get; init; }

    /// <summary>One sentence for each value out of range; empty when all is well.</summary>
    public IEnumerable<string> Faults()
    {
        foreach (var (name, value) in new[] { (nameof(ClusterId), ClusterId), (nameof(ServiceId), ServiceId), (nameof(StreamProvider), StreamProvider) })
        {
            if (value is not { Length: >= 1 and <= 64 })
            {
                yield return $"Silo setting {name} must have 1 to 64 characters.";
            }
        }
        foreach (var (name, value) in new[] { (nameof(SiloPort), SiloPort), (nameof(GatewayPort), GatewayPort) })
        {
            if (value is < 1 or > 65_535)
            {
                yield return $"Silo setting {name} is {value}; it must be between 1 and 65535.";
            }
        }
        if (ResponseTimeout < TimeSpan.FromSeconds(1) || ResponseTimeout > TimeSpan.FromMinutes(10))
        {
            yield return $"Silo setting {nameof(ResponseTimeout)} is {ResponseTimeout.TotalSeconds} s; it must be between 1 and 600 s.";
        }
        if (CollectionAge < TimeSpan.FromMinutes(1) || CollectionAge > TimeSpan.FromHours(24))
        {
            yield return $"Silo setting {nameof(CollectionAge)} is {CollectionAge.TotalMinutes} min; it must be between 1 and 1440 min.";
        }
        foreach (var fault in Storage.Faults().Concat(Metrics.Faults()).Concat(Outbox.Faults()))
        {
            yield return fault;
        }
    }
}
