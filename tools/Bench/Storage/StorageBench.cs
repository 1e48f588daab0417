using System.Diagnostics;
using System.Runtime.CompilerServices;
using Orleans.Runtime;
using Orleans.Storage;
using VoiceOrdering.Carts;
using VoiceOrdering.Identity;
using VoiceOrdering.Orders;
using VoiceOrdering.Pricing;
using VoiceOrdering.Silo.Outbox;
using VoiceOrdering.Silo.Storage.Grains;
using VoiceOrdering.Silo.Storage.Orders;
using VoiceOrdering.Silo.Storage.Postgres;
using VoiceOrdering.Silo.Storage.Relational;
using VoiceOrdering.Silo.Storage.Sqlite;
using VoiceOrdering.TestKit.Databases;

namespace VoiceOrdering.Bench.Storage;

/// <summary>Durable writes on a real file with fsync on.</summary>
internal sealed class StorageBench : IBenchGroup
{
    private static readonly RestaurantId Restaurant = new("bench");
    private int next;

    public string Name => "storage";

    public string What => "Durable writes with group commit: SQLite (WAL, synchronous=FULL), PostgreSQL (a private server, fsync on).";

    public async IAsyncEnumerable<BenchResult> RunAsync(BenchOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using (var file = SqliteDatabase.Open(new SqliteSettings { Path = Path.Combine(options.Directory, "bench.db") }, options.Time))
        {
            await foreach (var result in MeasureAsync("SQLite", file, options, cancellationToken))
            {
                yield return result;
            }
        }

        if (PostgresCluster.Missing is { } missing)
        {
            Console.WriteLine($"  SKIPPED: {missing}.");
            yield break;
        }

        await using var cluster = await PostgresCluster.StartAsync();
        using var server = PostgresDatabase.Open(new PostgresSettings { Connection = await cluster.CreateDatabaseAsync() }, options.Time);
        await foreach (var result in MeasureAsync("PostgreSQL", server, options, cancellationToken))
        {
            yield return result;
        }
    }

    private async IAsyncEnumerable<BenchResult> MeasureAsync(string name, RelationalDatabase database, BenchOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var states = new DatabaseGrainStorage("Default", database, new JsonStateSerializer());
        var orders = new OrderStore(database, new OutboxSignal());
        foreach (var (callers, target) in new (int, double?)[] { (1, null), (64, 10_000) })
        {
            var figure = await MeasureAsync(options, callers, caller => WriterOf(states, caller), cancellationToken);
            yield return new BenchResult($"{name}: state writes, {callers} callers", figure.PerSecond, "writes/s", target);
            yield return new BenchResult($"{name}: state writes, {callers} callers", figure.P99Ms, "ms p99");
        }
        foreach (var (callers, target) in new (int, double?)[] { (1, null), (64, 2_000) })
        {
            var figure = await MeasureAsync(options, callers, _ => () => orders.PlaceAsync(Placement(Interlocked.Increment(ref next), options.Time), cancellationToken), cancellationToken);
            yield return new BenchResult($"{name}: order submissions, {callers} callers", figure.PerSecond, "orders/s", target);
            yield return new BenchResult($"{name}: order submissions, {callers} callers", figure.P99Ms, "ms p99");
        }
    }

    private static Func<Task> WriterOf(DatabaseGrainStorage storage, int caller)
    {
        var grain = GrainId.Create("bench", $"caller-{caller}");
        GrainState<BenchState>? state = null;
        return async () =>
        {
            if (state is null)
            {
                state = new GrainState<BenchState>();
                await storage.ReadStateAsync("state", grain, state);
            }
            state.State.Count++;
            await storage.WriteStateAsync("state", grain, state);
        };
    }

    private static async Task<(double PerSecond, double P99Ms)> MeasureAsync(BenchOptions options, int callers, Func<int, Func<Task>> callerOf, CancellationToken cancellationToken)
    {
        var writes = Enumerable.Range(0, callers).Select(callerOf).ToArray();
        var warmUp = options.Time.GetTimestamp();
        while (options.Time.GetElapsedTime(warmUp) < options.Duration / 4)
        {
            await Task.WhenAll(writes.Select(write => write()));
        }
        var times = new List<double>[callers];
        var begun = options.Time.GetTimestamp();
        await Task.WhenAll(writes.Select((write, caller) => Task.Run(async () =>
        {
            times[caller] = new List<double>(100_000);
            while (options.Time.GetElapsedTime(begun) < options.Duration && !cancellationToken.IsCancellationRequested)
            {
                var at = Stopwatch.GetTimestamp();
                await write();
                times[caller].Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
            }
        }, cancellationToken)));
        var elapsed = options.Time.GetElapsedTime(begun).TotalSeconds;
        var all = times.SelectMany(t => t).Order().ToArray();
        return (all.Length / elapsed, all[(int)(all.Length * 0.99)]);
    }

    private static OrderPlacement Placement(int number, TimeProvider time)
    {
        static Money Usd(long minor) => new(minor, "USD");
        var line = new CartLine { LineId = "l1", ItemId = "cheeseburger", Name = "Cheeseburger", Quantity = 2, UnitPrice = Usd(999), LinePrice = Usd(1998), Options = [new("bacon", "Bacon", Usd(150))] };
        var order = new OrderView
        {
            Id = new OrderId($"ord_{number}"),
            Number = "",
            Restaurant = Restaurant,
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
