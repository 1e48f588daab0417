using System.Net;
using Orleans.Storage;

namespace Orleans.Configuration;

/// <summary>The cluster and service a silo or client belongs to.</summary>
public class ClusterOptions
{
    /// <summary>The cluster; silos with the same id form one.</summary>
    public string ClusterId { get; set; } = "default";

    /// <summary>The service; names stored state and outlives clusters.</summary>
    public string ServiceId { get; set; } = "default";
}

/// <summary>The silo's name.</summary>
public class SiloOptions
{
    /// <summary>The name; made from the host name when not set.</summary>
    public string? SiloName { get; set; }
}

/// <summary>Where a silo listens.</summary>
public class EndpointOptions
{
    /// <summary>The default silo port.</summary>
    public const int DEFAULT_SILO_PORT = 11111;

    /// <summary>The default gateway port.</summary>
    public const int DEFAULT_GATEWAY_PORT = 30000;

    /// <summary>The address other silos use.</summary>
    public IPAddress? AdvertisedIPAddress { get; set; }

    /// <summary>The port for silos.</summary>
    public int SiloPort { get; set; } = DEFAULT_SILO_PORT;

    /// <summary>The port for clients; 0 for none.</summary>
    public int GatewayPort { get; set; } = DEFAULT_GATEWAY_PORT;

    /// <summary>What to listen on for silos; the advertised address and port when not set.</summary>
    public IPEndPoint? SiloListeningEndpoint { get; set; }

    /// <summary>What to listen on for clients.</summary>
    public IPEndPoint? GatewayListeningEndpoint { get; set; }
}

/// <summary>Options of messaging on both sides.</summary>
public abstract class MessagingOptions
{
    /// <summary>How long a caller waits; 30 s by default. The call is not stopped by it unless <see cref="CancelRequestOnTimeout"/>.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a caller waits under a debugger; 30 min by default.</summary>
    public TimeSpan ResponseTimeoutWithDebugger { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Whether a call that timed out gets its cancellation token cancelled; true by default.</summary>
    public bool CancelRequestOnTimeout { get; set; } = true;

    /// <summary>Whether a caller that cancels waits for the grain to end; false by default: the caller gets the cancellation at once.</summary>
    public bool WaitForCancellationAcknowledgement { get; set; }

    /// <summary>Whether a call whose caller has timed out is dropped before it starts; true by default.</summary>
    public bool DropExpiredMessages { get; set; } = true;

    /// <summary>The largest message in bytes; 100 MB by default.</summary>
    public int MaxMessageBodySize { get; set; } = 100 * 1024 * 1024;
}

/// <summary>Options of messaging in a silo.</summary>
public class SiloMessagingOptions : MessagingOptions
{
    /// <summary>The default of <see cref="MaxEnqueuedRequestsHardLimit"/>: no limit of its own.</summary>
    public const int DEFAULT_MAX_ENQUEUED_REQUESTS_HARD_LIMIT = 0;

    /// <summary>The most requests that may wait for one activation; over it they get <c>LimitExceededException</c>. 0 is the engine's bound of 100,000.</summary>
    public int MaxEnqueuedRequestsHardLimit { get; set; } = DEFAULT_MAX_ENQUEUED_REQUESTS_HARD_LIMIT;

    /// <summary>The number of waiting requests over which a warning is logged; 0 for none.</summary>
    public int MaxEnqueuedRequestsSoftLimit { get; set; }

    /// <summary>The hard limit for stateless workers.</summary>
    public int MaxEnqueuedRequestsHardLimit_StatelessWorker { get; set; }

    /// <summary>How long a request may run before it is taken for stuck; 2 h by default.</summary>
    public TimeSpan MaxRequestProcessingTime { get; set; } = TimeSpan.FromHours(2);
}

/// <summary>Options of messaging in a client.</summary>
public class ClientMessagingOptions : MessagingOptions;

/// <summary>When idle activations are collected and how long activation may take.</summary>
public class GrainCollectionOptions
{
    /// <summary>The default activation time-out.</summary>
    public static readonly TimeSpan DEFAULT_ACTIVATION_TIMEOUT = TimeSpan.FromSeconds(30);

    /// <summary>The default of <see cref="CollectionQuantum"/>.</summary>
    public static readonly TimeSpan DEFAULT_COLLECTION_QUANTUM = TimeSpan.FromMinutes(1);

    /// <summary>The default deactivation time-out.</summary>
    public static readonly TimeSpan DEFAULT_DEACTIVATION_TIMEOUT = TimeSpan.FromSeconds(30);

    /// <summary>How long an activation may be idle; 15 min by default.</summary>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The age by full class name.</summary>
    public Dictionary<string, TimeSpan> ClassSpecificCollectionAge { get; set; } = [];

    /// <summary>How often is collected; 1 min by default.</summary>
    public TimeSpan CollectionQuantum { get; set; } = DEFAULT_COLLECTION_QUANTUM;

    /// <summary>How long <c>OnActivateAsync</c> may take; 30 s by default.</summary>
    public TimeSpan ActivationTimeout { get; set; } = DEFAULT_ACTIVATION_TIMEOUT;

    /// <summary>How long deactivation may take; 30 s by default.</summary>
    public TimeSpan DeactivationTimeout { get; set; } = DEFAULT_DEACTIVATION_TIMEOUT;
}

/// <summary>Options of turn scheduling.</summary>
public class SchedulingOptions
{
    /// <summary>How long an activation may run turns before others get the thread; 100 ms by default. The embedded engine takes 5 ms when it is more.</summary>
    public TimeSpan ActivationSchedulingQuantum { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The length of a turn over which a warning is logged; 1 s by default.</summary>
    public TimeSpan TurnWarningLengthThreshold { get; set; } = TimeSpan.FromSeconds(1);
}

/// <summary>Options of cluster membership. In one process they have nothing to decide.</summary>
public class ClusterMembershipOptions
{
    /// <summary>Missed probes after which a silo is suspected; 3 by default.</summary>
    public int NumMissedProbesLimit { get; set; } = 3;

    /// <summary>How long a probe may take; 5 s by default.</summary>
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Votes needed to declare a silo dead; 2 by default.</summary>
    public int NumVotesForDeathDeclaration { get; set; } = 2;

    /// <summary>How many silos probe one; 10 by default.</summary>
    public int NumProbedSilos { get; set; } = 10;

    /// <summary>How often the table is read; 1 min by default.</summary>
    public TimeSpan TableRefreshTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a silo writes that it lives; 30 s by default.</summary>
    public TimeSpan IAmAliveTablePublishTimeout { get; set; } = TimeSpan.FromSeconds(30);
}

/// <summary>Options of storage in memory.</summary>
public class MemoryGrainStorageOptions : IStorageProviderSerializerOptions
{
    /// <summary>The default of <see cref="NumStorageGrains"/>.</summary>
    public const int NumStorageGrainsDefaultValue = 10;

    /// <summary>The default of <see cref="InitStage"/>.</summary>
    public const int DEFAULT_INIT_STAGE = ServiceLifecycleStage.ApplicationServices;

    /// <summary>How many parts the store has.</summary>
    public int NumStorageGrains { get; set; } = NumStorageGrainsDefaultValue;

    /// <summary>When in the silo's life the provider starts.</summary>
    public int InitStage { get; set; } = DEFAULT_INIT_STAGE;

    /// <summary>The serializer; the engine's own by default.</summary>
    public IGrainStorageSerializer GrainStorageSerializer { get; set; } = null!;
}

/// <summary>Gateways a client knows from the start.</summary>
public class StaticGatewayListProviderOptions
{
    /// <summary>The gateways.</summary>
    public List<Uri> Gateways { get; set; } = [];
}
