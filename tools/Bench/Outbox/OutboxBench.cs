using System.Diagnostics.Metrics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using VoiceOrdering.Carts;
using VoiceOrdering.Identity;
using VoiceOrdering.Orders;
using VoiceOrdering.Pricing;
using VoiceOrdering.Silo.Outbox;
using VoiceOrdering.Silo.Storage.Orders;
using VoiceOrdering.Silo.Storage.Sqlite;

namespace VoiceOrdering.Bench.Outbox;

/// <summary>From an order to its webhook, signed, over a real socket, on a real file.</summary>
internal sealed class OutboxBench : IBenchGroup
{
    private const int Restaurants = 20;
    private const int Backlog = 20_000;
    private const int AtOnce = 64;
    private int _next;

    public string Name => "outbox";

    public string What => "From the wish to store an order to its webhook at the receiver; the receiver answers at once.";

    public async IAsyncEnumerable<BenchResult> RunAsync(BenchOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var sink = new WebhookSink();
        await sink.StartAsync();
        using var database = SqliteDatabase.Open(new SqliteSettings { Path = Path.Combine(options.Directory, "outbox.db") }, options.Time);
        var signal = new OutboxSignal();
        var orders = new OrderStore(database, signal);
        var settings = new OutboxSettings { AllowPrivateAddresses = true };
        using var http = new OutboxHttp(settings, options.Time);
        var destinations = new DestinationStore(database, new EphemeralDataProtectionProvider());
        foreach (var restaurant in Enumerable.Range(0, Restaurants))
        {
            await AddAsync(destinations, Id(restaurant), sink.Url, options.Time);
        }

        await using var meters = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var around = new OutboxSender.Surroundings(settings, signal, new OutboxMetrics(meters.GetRequiredService<IMeterFactory>(), options.Time), options.Time);
        using var sender = new OutboxSender(new OutboxStore(database), destinations, [new PosChannel(http)], around, NullLogger<OutboxSender>.Instance);
        await sender.StartAsync(cancellationToken);

        var alone = await OneByOneAsync(orders, sink, options, cancellationToken);
        yield return new BenchResult("one order after the other", alone.P50, "ms p50");
        yield return new BenchResult("one order after the other", alone.P99, "ms p99");
        yield return new BenchResult($"{AtOnce} orders at once to {Restaurants} receivers", await ManyAsync(orders, sink, options, cancellationToken), "deliveries/s");

        await AddAsync(destinations, "dead", "http://127.0.0.1:1/", options.Time);
        await Parallel.ForEachAsync(Enumerable.Range(0, Backlog), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (_, token) =>
            await orders.PlaceAsync(Placement("dead", options.Time), token));
        var beside = await OneByOneAsync(orders, sink, options, cancellationToken);
        yield return new BenchResult($"the same beside {Backlog} orders for a dead receiver", beside.P50, "ms p50");
        yield return new BenchResult($"the same beside {Backlog} orders for a dead receiver", beside.P99, "ms p99");
        await sender.StopAsync(cancellationToken);
    }

    private async Task<(double P50, double P99)> OneByOneAsync(OrderStore orders, WebhookSink sink, BenchOptions options, CancellationToken cancellationToken)
    {
        // Connections, and code that was never run before.
        for (var warmUp = 0; warmUp < 5 * Restaurants; warmUp++)
        {
            await DeliverAsync(orders, sink, Id(warmUp % Restaurants), options.Time, cancellationToken);
        }

        var times = new List<double>();
        var begun = options.Time.GetTimestamp();
        while (options.Time.GetElapsedTime(begun) < options.Duration)
        {
            var at = options.Time.GetTimestamp();
            await DeliverAsync(orders, sink, Id(times.Count % Restaurants), options.Time, cancellationToken);
            times.Add(options.Time.GetElapsedTime(at).TotalMilliseconds);
        }

        times.Sort();
        return (times[times.Count / 2], times[(int)(times.Count * 0.99)]);
    }

    private async Task<double> ManyAsync(OrderStore orders, WebhookSink sink, BenchOptions options, CancellationToken cancellationToken)
    {
        var begun = options.Time.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(caller => Task.Run(async () =>
        {
            var count = 0;
            for (; options.Time.GetElapsedTime(begun) < options.Duration; count++)
            {
                await DeliverAsync(orders, sink, Id((caller + count) % Restaurants), options.Time, cancellationToken);
            }

            return count;
        }, cancellationToken)));
        return counts.Sum() / options.Time.GetElapsedTime(begun).TotalSeconds;
    }

    private async Task DeliverAsync(OrderStore orders, WebhookSink sink, string restaurant, TimeProvider time, CancellationToken cancellationToken)
    {
        var placement = Placement(restaurant, time);
        var arrived = sink.Arrived($"{placement.Order.Id.Value}-v1.dst_{restaurant}");
        await orders.PlaceAsync(placement, cancellationToken);
        await arrived.WaitAsync(cancellationToken);
    }

    private static Task<bool> AddAsync(DestinationStore destinations, string restaurant, string url, TimeProvider time) => destinations.AddAsync(
        new Destination($"dst_{restaurant}", restaurant, DestinationKind.Pos, url, true, time.GetUtcNow()) { Secrets = ["bench"] }, most: 1, CancellationToken.None);

    private static string Id(int restaurant) => string.Create(CultureInfo.InvariantCulture, $"bench-{restaurant}");

    private OrderPlacement Placement(string restaurant, TimeProvider time)
    {
        static Money Usd(long minor) => new(minor, "USD");
        var number = Interlocked.Increment(ref _next);
        var line = new CartLine { LineId = "l1", ItemId = "cheeseburger", Name = "Cheeseburger", Quantity = 2, UnitPrice = Usd(999), LinePrice = Usd(1998) };
        var order = new OrderView
        {
            Id = new OrderId($"ord_{number}"),
            Number = "",
            Restaurant = new RestaurantId(restaurant),
            Session = new SessionId($"ses_{number}"),
            Lines = [line, line with { LineId = "l2" }, line with { LineId = "l3" }],
            Subtotal = Usd(5994),
            Tax = Usd(495),
            IncludedTax = Usd(0),
            Total = Usd(6489),
            PlacedAt = time.GetUtcNow(),
        };
        return new OrderPlacement(order, 3, $"key-{number}", "print", "bench");
    }
}
