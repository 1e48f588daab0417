using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Runtime.Hosting;
using Orleans.Serialization;
using Orleans.Storage;
using Orleans.TestingHost;
using Orleans.Timers;
using VoiceOrdering.Carts;
using VoiceOrdering.Customers;
using VoiceOrdering.Flags;
using VoiceOrdering.Identity;
using VoiceOrdering.Orders;
using VoiceOrdering.Restaurants;
using VoiceOrdering.Sessions;
using VoiceOrdering.Vouchers;

namespace VoiceOrdering.Grains.Tests.Cluster;

/// <summary>The ordering cluster with a storage of grains that fails when it is asked to.</summary>
public sealed class FaultyCluster : IAsyncLifetime
{
    private readonly InProcessTestCluster _cluster;
    private int _sessions;

    public FaultyCluster()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddMemoryGrainStorage("inner");
            silo.Services.AddGrainStorage("Default", (services, _) => new FaultyStorage(services.GetRequiredKeyedService<IGrainStorage>("inner"), services.GetRequiredService<Serializer>(), this));
            silo.Services.AddSingleton<IReminderRegistry>(new RecordedReminders());
            silo.Services.AddSingleton<TimeProvider>(new ShiftedClock());
            silo.Services.AddSingleton<IOrderStore>(Store);
            silo.Services.AddSingleton<IVoucherStore>(Store.Vouchers);
            silo.Services.AddSingleton<ICustomerStore>(new InMemoryCustomerStore(Store));
            silo.Services.AddSingleton<IFlagDecisions>(new SetFlags());
            silo.Services.AddSingleton(new Limits { KeptEvents = 1_000, SettlePeriod = TimeSpan.FromMilliseconds(20) });
            silo.Services.AddOrderingGrains();
        });
        _cluster = builder.Build();
    }

    internal InMemoryOrderStore Store { get; } = new();
    internal StorageFaults Faults { get; } = new();
    internal Serializer Serializer { get; set; } = null!;
    public IClusterClient Client => _cluster.Client;

    public async Task InitializeAsync()
    {
        await _cluster.DeployAsync();
        var restaurant = Client.GetGrain<IRestaurantGrain>(OrderingCluster.Harbor.Value);
        await restaurant.SetProfileAsync(new RestaurantProfile(OrderingCluster.Harbor, "harbor", "en", "UTC", "Welcome."));
        (await restaurant.PutMenuAsync(TestMenus.Diner, 0)).Faults.ShouldBeEmpty();
    }

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    public async Task<(ISessionGrain Session, ICartGrain Cart, SessionOpened Opened)> OpenAsync(Caller caller)
    {
        var id = $"faulty-{Interlocked.Increment(ref _sessions)}";
        var session = Client.GetGrain<ISessionGrain>(id);
        var opened = await session.OpenAsync(caller, new OpenSession("web", null));
        opened.Refusal.ShouldBeNull();
        return (session, Client.GetGrain<ICartGrain>(id), opened.Value!);
    }

    public Task DeactivateAsync(IAddressable grain) => _cluster.DeactivateAsync(grain);
}

/// <summary>What goes wrong, by state name and key of the grain.</summary>
internal sealed class StorageFaults
{
    public ConcurrentDictionary<string, int> BeforeWrite { get; } = new();
    public ConcurrentDictionary<string, int> AfterWrite { get; } = new();
    public ConcurrentDictionary<string, object> Written { get; } = new();
    public ConcurrentDictionary<string, byte[]> Instead { get; } = new();

    public static void Throw(ConcurrentDictionary<string, int> faults, string key)
    {
        if (faults.TryRemove(key, out _)) throw new IOException("The storage is gone.");
    }
}

internal sealed class FaultyStorage : IGrainStorage
{
    private readonly IGrainStorage _inner;
    private readonly Serializer _serializer;
    private readonly FaultyCluster _cluster;

    public FaultyStorage(IGrainStorage inner, Serializer serializer, FaultyCluster cluster)
    {
        (_inner, _serializer, _cluster) = (inner, serializer, cluster);
        cluster.Serializer = serializer;
    }

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await _inner.ReadStateAsync(stateName, grainId, grainState);
        if (_cluster.Faults.Instead.TryRemove($"{stateName}/{grainId.Key}", out var bytes)) grainState.State = _serializer.Deserialize<T>(bytes);
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = $"{stateName}/{grainId.Key}";
        StorageFaults.Throw(_cluster.Faults.BeforeWrite, key);
        var etag = grainState.ETag;
        await _inner.WriteStateAsync(stateName, grainId, grainState);
        _cluster.Faults.Written[key] = grainState.State!;
        try
        {
            StorageFaults.Throw(_cluster.Faults.AfterWrite, key);
        }
        catch
        {
            grainState.ETag = etag;
            throw;
        }
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => _inner.ClearStateAsync(stateName, grainId, grainState);
}
