using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;
using OrleansEmbedded.Activation;
using OrleansEmbedded.GeneratedCode;
using OrleansEmbedded.Invocation;
using OrleansEmbedded.Membership;
using OrleansEmbedded.Scheduling;

namespace OrleansEmbedded.Hosting;

/// <summary>A silo: hosts activations and sends calls for them.</summary>
internal sealed class SiloNode : ClusterNode, ILocalSiloDetails, ISiloStatusOracle
{
    private readonly IIncomingGrainCallFilter[] _incoming;
    private volatile SiloStatus _status = SiloStatus.Created;
    private readonly System.Collections.Concurrent.ConcurrentDictionary<GrainCall, bool> _leftBehind = new();
    private ITimer? _clock;
    private int _isScanning;
    private long _restsUntil;
    private ITimer? _collector;

    public SiloNode(
        IServiceProvider services,
        InProcessCluster cluster,
        TimeProvider time,
        IOptions<SiloMessagingOptions> messaging,
        IOptions<GrainCollectionOptions> collection,
        IOptions<ClusterOptions> clusterOptions,
        IOptions<SiloOptions> siloOptions,
        IOptions<EndpointOptions> endpoints,
        EngineInstruments instruments,
        ILoggerFactory loggers)
        : base(services, cluster, time, messaging.Value, instruments, loggers.CreateLogger("Orleans.Runtime.Silo"), services.GetServices<IOutgoingGrainCallFilter>())
    {
        CollectionOptions = collection.Value;
        var quantum = services.GetRequiredService<IOptions<SchedulingOptions>>().Value.ActivationSchedulingQuantum;
        SliceMs = Math.Clamp((long)quantum.TotalMilliseconds, 0, TurnQueue.LongestSliceMs);
        ClusterId = clusterOptions.Value.ClusterId;
        var address = endpoints.Value.AdvertisedIPAddress ?? System.Net.IPAddress.Loopback;
        Address = SiloAddress.New(address, endpoints.Value.SiloPort, SiloAddress.AllocateNewGeneration());
        GatewayAddress = SiloAddress.New(address, endpoints.Value.GatewayPort, Address.Generation);
        Name = siloOptions.Value.SiloName ?? $"Silo_{Environment.MachineName}";
        PlacementHash = unchecked((uint)Address.GetConsistentHashCode());
        _incoming = [.. services.GetServices<IIncomingGrainCallFilter>()];
        Catalog = new ActivationCatalog(this);
        var limit = messaging.Value.MaxEnqueuedRequestsHardLimit;
        var workerLimit = messaging.Value.MaxEnqueuedRequestsHardLimit_StatelessWorker;
        Classes = new GrainClasses(GrainManifest.Current, new GrainClassSettings(
            services,
            limit > 0 ? limit : DefaultWaitingLimit,
            workerLimit > 0 ? workerLimit : DefaultWaitingLimit,
            CollectionOptions.CollectionAge,
            CollectionOptions.ClassSpecificCollectionAge));
        Factory = new GrainFactory(this);
        Runtime = new SiloRuntime(this);
        StateFactory = services.GetRequiredService<IPersistentStateFactory>();
        instruments.Watch(this);
    }

    /// <summary>Waiting calls that are searched for what a call that timed out waits for.</summary>
    private const int MostCallsSearched = 10_000;

    /// <summary>A scan for expired calls is followed by a pause of so many times its length, at most an eighth of the time-out: a million idle activations must not cost more than a hundredth of a core.</summary>
    private const int ScanShare = 100;

    /// <summary>Calls that may wait for one activation when no limit is set.</summary>
    public const int DefaultWaitingLimit = 100_000;

    public SiloAddress Address { get; }

    public SiloAddress GatewayAddress { get; }

    public string Name { get; }

    public string ClusterId { get; }

    public uint PlacementHash { get; }

    /// <summary>How long an activation runs turns before it gives its thread back.</summary>
    public long SliceMs { get; }

    public GrainCollectionOptions CollectionOptions { get; }

    public ActivationCatalog Catalog { get; }

    public GrainClasses Classes { get; }

    public GrainFactory Factory { get; }

    public SiloRuntime Runtime { get; }

    public IPersistentStateFactory StateFactory { get; }

    /// <summary>The reminder service of this silo; null when there is none.</summary>
    public Reminders.ReminderService? Reminders { get; set; }

    public IIncomingGrainCallFilter[] IncomingFilters => _incoming;

    public bool HasIncomingFilters => _incoming.Length > 0;

    public bool IsServing => _status is SiloStatus.Joining or SiloStatus.Active;

    /// <summary>Whether the silo went without order.</summary>
    public bool IsDead { get; private set; }

    public override bool AllowsDirect => !HasIncomingFilters;

    SiloAddress ILocalSiloDetails.SiloAddress => Address;

    SiloAddress ISiloStatusOracle.SiloAddress => Address;

    string ILocalSiloDetails.DnsHostName => Environment.MachineName;

    SiloStatus ISiloStatusOracle.CurrentStatus => _status;

    string ISiloStatusOracle.SiloName => Name;

    protected override SiloNode? LocalSilo => this;

    public SiloStatus GetApproximateSiloStatus(SiloAddress siloAddress) => Cluster.Statuses.GetValueOrDefault(siloAddress, SiloStatus.None);

    public Dictionary<SiloAddress, SiloStatus> GetApproximateSiloStatuses(bool onlyActive = false)
        => Cluster.Statuses.Where(pair => !onlyActive || pair.Value == SiloStatus.Active).ToDictionary(pair => pair.Key, pair => pair.Value);

    public bool IsDeadSilo(SiloAddress silo) => GetApproximateSiloStatus(silo) == SiloStatus.Dead;

    public GrainActivation Activate(GrainId id)
    {
        var grainClass = Classes.Find(id.Type)
            ?? throw new ArgumentException($"There is no grain class for grain type \"{id.Type}\".");
        return grainClass.StatelessWorkers is null ? Catalog.GetOrCreate(grainClass, id) : Catalog.GetWorker(grainClass, id);
    }

    /// <summary>Starts the clocks: calls time out and idle activations go from here on.</summary>
    public void StartClocks()
    {
        var period = TimeSpan.FromMilliseconds(Math.Clamp(ResponseTimeout.TotalMilliseconds / 8, 20, 250));
        _clock = Time.CreateTimer(static state => ((SiloNode)state!).OnClock(), this, period, period);
        var quantum = CollectionOptions.CollectionQuantum;
        _collector = Time.CreateTimer(static state => ((SiloNode)state!).Catalog.CollectIdle(null), this, quantum, quantum);
    }

    public void SetStatus(SiloStatus status)
    {
        _status = status;
        Cluster.SetStatus(this, status);
    }

    /// <summary>Stops in order: new activations go elsewhere, running turns finish, every grain's <c>OnDeactivateAsync</c> runs.</summary>
    public async Task DeactivateGrainsAsync(CancellationToken cancellationToken)
    {
        SetStatus(SiloStatus.ShuttingDown);
        try
        {
            await Catalog.DeactivateAllAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host's patience is over: what still runs is left behind and its callers are told.
            AbandonAll();
        }
    }

    public void StopClocks()
    {
        _clock?.Dispose();
        _collector?.Dispose();
        Instruments.Forget(this);
    }

    /// <summary>Goes at once, as a killed process would: callers in flight get a retriable error, nothing of the grains runs.</summary>
    public void Kill()
    {
        IsDead = true;
        SetStatus(SiloStatus.Dead);
        StopClocks();
        AbandonAll();
    }

    /// <summary>Calls whose activation went before they were done, which then is no place to find them: they time out from here.</summary>
    public void KeepWatch(List<GrainCall> calls)
    {
        foreach (var call in calls)
        {
            _leftBehind.TryAdd(call, true);
        }
    }

    private void AbandonAll()
    {
        foreach (var call in _leftBehind.Keys)
        {
            call.TryFail(new SiloUnavailableException($"Silo {Address} is gone while {call.Method} of {call.Reference.GrainId} was in flight."));
        }

        _leftBehind.Clear();
        foreach (var activation in Catalog.All.ToArray())
        {
            foreach (var call in activation.Abandon())
            {
                call.TryFail(new SiloUnavailableException($"Silo {Address} is gone while {call.Method} of {activation.GrainId} was in flight."));
            }

            activation.ExistingParts?.StopTimers();
            Catalog.Remove(activation);
        }
    }

    private void OnClock()
    {
        // Late timers may come two at a time; what one of them finds expired the other one needs to explain what it finds.
        if (Interlocked.Exchange(ref _isScanning, 1) != 0)
        {
            return;
        }

        try
        {
            var begun = Time.GetTimestamp();
            if (begun >= _restsUntil)
            {
                ExpireCalls();
                var took = Time.GetTimestamp() - begun;
                _restsUntil = begun + Math.Min(took * ScanShare, (long)(ResponseTimeout.TotalSeconds / 8 * Time.TimestampFrequency));
            }
        }
        finally
        {
            Volatile.Write(ref _isScanning, 0);
        }
    }

    private void ExpireCalls()
    {
        ReadTime();
        var expired = new List<GrainCall>();
        foreach (var activation in Catalog.All)
        {
            activation.CollectExpired(NowMs, expired);
        }

        foreach (var call in _leftBehind.Keys)
        {
            if (call.IsExpired(NowMs))
            {
                expired.Add(call);
            }

            if (call.IsSettled || call.IsExpired(NowMs))
            {
                _leftBehind.TryRemove(call, out _);
            }
        }

        foreach (var observer in Cluster.Observers.Values)
        {
            observer.CollectExpired(NowMs, expired);
        }

        if (expired.Count > 0)
        {
            var notBegun = new Lazy<List<GrainCall>>(() =>
            {
                var calls = new List<GrainCall>(expired);
                foreach (var activation in Cluster.Directory.All)
                {
                    activation.CollectWaiting(calls, MostCallsSearched);
                }

                return calls;
            });
            CallTimeouts.Expire(expired, this, notBegun);
        }
    }
}
