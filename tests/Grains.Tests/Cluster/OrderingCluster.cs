using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
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

/// <summary>A silo with the domain's grains, memory storage and two restaurants that have the same small menu.</summary>
public sealed class OrderingCluster : IAsyncLifetime
{
    public static readonly RestaurantId Harbor = new("harbor");
    public static readonly RestaurantId Pronto = new("pronto");
    private static readonly string[] s_allScopes = [Scopes.CustomersRead, Scopes.CustomersWrite, Scopes.OrdersCreate, Scopes.OrdersRead, Scopes.OrdersWrite, Scopes.VouchersWrite];

    private readonly InProcessTestCluster _cluster;
    private int _sessions;

    public OrderingCluster()
    {
        Customers = new InMemoryCustomerStore(Store);
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddMemoryGrainStorageAsDefault();
            silo.Services.AddSingleton<IReminderRegistry>(Reminders);
            silo.Services.AddSingleton<TimeProvider>(Clock);
            silo.Services.AddSingleton<IOrderStore>(Store);
            silo.Services.AddSingleton<IVoucherStore>(Store.Vouchers);
            silo.Services.AddSingleton<ICustomerStore>(Customers);
            silo.Services.AddSingleton<IFlagDecisions>(Flags);
            silo.Services.AddSingleton(new Limits { KeptEvents = 8, ToolCalls = 40, MutationKeys = 30, SettlePeriod = TimeSpan.FromMilliseconds(20) });
            silo.Services.AddOrderingGrains();
        });
        _cluster = builder.Build();
    }

    internal InMemoryOrderStore Store { get; } = new();
    internal InMemoryCustomerStore Customers { get; }
    internal SetFlags Flags { get; } = new();
    internal RecordedReminders Reminders { get; } = new();
    internal ShiftedClock Clock { get; } = new();
    public IClusterClient Client => _cluster.Client;

    public async Task InitializeAsync()
    {
        await _cluster.DeployAsync();
        foreach (var id in new[] { Harbor, Pronto })
        {
            var restaurant = Client.GetGrain<IRestaurantGrain>(id.Value);
            await restaurant.SetProfileAsync(new RestaurantProfile(id, id.Value, "en", "UTC", $"Welcome to {id.Value}."));
            (await restaurant.PutMenuAsync(TestMenus.Diner, 0)).Faults.ShouldBeEmpty();
        }
    }

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    public static Caller Caller(RestaurantId restaurant, string subject = "user-1") => new(subject, restaurant, s_allScopes);

    /// <summary>A fresh session of its own restaurant's caller.</summary>
    public async Task<(ISessionGrain Session, ICartGrain Cart, SessionOpened Opened)> OpenAsync(Caller caller)
    {
        var id = $"ses-{Interlocked.Increment(ref _sessions)}";
        var session = Client.GetGrain<ISessionGrain>(id);
        var opened = await session.OpenAsync(caller, new OpenSession("web", null));
        opened.Refusal.ShouldBeNull();
        return (session, Client.GetGrain<ICartGrain>(id), opened.Value!);
    }

    /// <summary>Drops an activation as if it had been idle; the next call reads the state again.</summary>
    public Task DeactivateAsync(IAddressable grain) => _cluster.DeactivateAsync(grain);

    /// <summary>Adds one cola and returns the cart.</summary>
    public static async Task<CartView> AddColaAsync(ICartGrain cart, Caller caller, string? key = null)
    {
        var added = await cart.AddLineAsync(caller, new CartChange(key, null), new LineRequest { ItemId = "cola" });
        added.Refusal.ShouldBeNull();
        return added.Value!;
    }
}

/// <summary>The system's clock, shifted by hand.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    private long _shiftTicks;

    public void Shift(TimeSpan by) => Interlocked.Add(ref _shiftTicks, by.Ticks);

    public override DateTimeOffset GetUtcNow() => TimeProvider.System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _shiftTicks));
}

/// <summary>Flags as the test sets them; until then the defaults.</summary>
internal sealed class SetFlags : IFlagDecisions
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _on = [.. FlagDefaults.Rules.Where(rule => rule.Enabled).Select(rule => rule.Name)];

    public void Set(string name, bool on)
    {
        lock (_gate)
        {
            if (on) _on.Add(name);
            else _on.Remove(name);
        }
    }

    public Task<IReadOnlyList<string>> OnForAsync(string unit, string subject, RestaurantId restaurant)
    {
        lock (_gate) return Task.FromResult<IReadOnlyList<string>>(_on.Order(StringComparer.Ordinal).ToArray());
    }

    public Task<bool> IsOffForAllAsync(string name)
    {
        lock (_gate) return Task.FromResult(!_on.Contains(name));
    }
}
