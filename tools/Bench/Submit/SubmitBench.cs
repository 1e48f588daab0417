using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using VoiceOrdering.Silo.Storage.Postgres;
using VoiceOrdering.Silo.Storage.Relational;
using VoiceOrdering.TestKit.Databases;

namespace VoiceOrdering.Bench.Submit;

/// <summary>
/// Durable submissions over HTTP: the product, from a reviewed cart to the stored order with its key, outbox and audit, beside the simplest thing that could do:
/// one endpoint that inserts into one table with a unique key. Both on Kestrel and on the same database with an fsync for every commit, taking turns, so that the
/// machine's moods meet both.
/// </summary>
internal sealed class SubmitBench : IBenchGroup
{
    private const int Callers = 64;
    private const int Rounds = 4;
    private const int PerRound = 50;
    private const int PerCaller = Rounds * PerRound;
    private const int WarmUpRounds = 4;
    private const int WarmUpsPerRound = 20;
    private const int WarmUps = WarmUpRounds * WarmUpsPerRound;

    public string Name => "submit";

    public string What => $"Durable submissions over HTTP, {Callers} callers, beside a plain endpoint with one unique-key table, on each database.";

    public async IAsyncEnumerable<BenchResult> RunAsync(BenchOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var result in await CompareAsync("SQLite", new SqlitePlainTable(Path.Combine(options.Directory, "plain.db")), null, options, cancellationToken))
        {
            yield return result;
        }

        if (PostgresCluster.Missing is { } missing)
        {
            Console.WriteLine($"  SKIPPED: {missing}.");
            yield break;
        }

        await using var cluster = await PostgresCluster.StartAsync();
        var plain = new PostgresPlainTable(await cluster.CreateDatabaseAsync());
        var product = new PostgresSettings { Connection = await cluster.CreateDatabaseAsync() };
        foreach (var result in await CompareAsync("PostgreSQL", plain, product, options, cancellationToken))
        {
            yield return result;
        }
    }

    private static async Task<BenchResult[]> CompareAsync(string database, IPlainTable table, StorageSettings? settings, BenchOptions options, CancellationToken cancellationToken)
    {
        await using var endpoint = await PlainEndpoint.StartAsync(table);
        using var plainHttp = Client(endpoint.Address);
        await using var product = await ProductHost.StartAsync(Path.Combine(options.Directory, $"product-{database}"), settings);
        using var ownHttp = Client(product.Address);
        ownHttp.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", product.Token);
        var carts = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => FillAsync(ownHttp, cancellationToken)));

        var plain = new Load((caller, number) => SendAsync(plainHttp, "/orders", $"key-{caller}-{number}", PlainEndpoint.Order, cancellationToken));
        var own = new Load((caller, number) => SendAsync(ownHttp, $"/api/v1/sessions/{carts[caller][number]}/submit", $"key-{caller}-{number}", null, cancellationToken));
        // A server runs for weeks: what is measured is code that the compiler is done with.
        for (var round = 0; round < WarmUpRounds; round++)
        {
            await plain.WarmUpAsync(round);
            await own.WarmUpAsync(round);
            await Compiler.RestsAsync(cancellationToken);
        }

        for (var round = 0; round < Rounds; round++)
        {
            await plain.RunAsync(round);
            await own.RunAsync(round);
        }

        return
        [
            new BenchResult($"{database}: plain endpoint", plain.PerSecond, "orders/s"), new BenchResult($"{database}: plain endpoint", plain.P99Ms, "ms p99"),
            new BenchResult($"{database}: this product", own.PerSecond, "orders/s"), new BenchResult($"{database}: this product", own.P99Ms, "ms p99"),
            new BenchResult($"{database}: plain endpoint, CPU with its caller", plain.CpuMicroseconds, "µs/order"),
            new BenchResult($"{database}: this product, CPU with its caller", own.CpuMicroseconds, "µs/order"),
            new BenchResult($"{database}: this product / plain endpoint", own.PerSecond / plain.PerSecond, "x", 1),
        ];
    }

    /// <summary>Sessions with a reviewed cart, one for each submission of a caller.</summary>
    private static async Task<string[]> FillAsync(HttpClient http, CancellationToken cancellationToken)
    {
        var sessions = new string[PerCaller + WarmUps];
        for (var number = 0; number < sessions.Length; number++)
        {
            using var opened = await http.PostAsJsonAsync("/api/v1/sessions", new { channel = "web" }, cancellationToken);
            opened.EnsureSuccessStatusCode();
            sessions[number] = (await opened.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("sessionId").GetString()!;
            using var added = await http.PostAsJsonAsync($"/api/v1/sessions/{sessions[number]}/cart/lines", new { itemId = "brownie", quantity = 2 }, cancellationToken);
            added.EnsureSuccessStatusCode();
        }

        return sessions;
    }

    private static async Task SendAsync(HttpClient http, string path, string key, object? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", key);
        using var response = await http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        await response.Content.ReadAsByteArrayAsync(cancellationToken);
    }

    private static HttpClient Client(Uri address) => new(new SocketsHttpHandler { MaxConnectionsPerServer = Callers }) { BaseAddress = address };

    /// <summary>One of the two that are compared, and what it has done so far.</summary>
    private sealed class Load(Func<int, int, Task> submit)
    {
        private readonly List<double> _times = [];
        private double _elapsed;
        private TimeSpan _cpu;

        public double PerSecond => _times.Count / _elapsed;

        /// <summary>Of this process, which is server and callers; what another process does for it is not in it.</summary>
        public double CpuMicroseconds => _cpu.TotalMicroseconds / _times.Count;

        public double P99Ms => _times.Order().ElementAt((int)(_times.Count * 0.99));

        public Task WarmUpAsync(int round) => Task.WhenAll(Enumerable.Range(0, Callers).Select(async caller =>
        {
            for (var number = 0; number < WarmUpsPerRound; number++)
            {
                await submit(caller, PerCaller + (round * WarmUpsPerRound) + number);
            }
        }));

        public async Task RunAsync(int round)
        {
            var times = new double[Callers * PerRound];
            var cpu = Environment.CpuUsage.TotalTime;
            var begun = Stopwatch.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
            {
                for (var number = 0; number < PerRound; number++)
                {
                    var at = Stopwatch.GetTimestamp();
                    await submit(caller, (round * PerRound) + number);
                    times[(caller * PerRound) + number] = Stopwatch.GetElapsedTime(at).TotalMilliseconds;
                }
            })));
            _cpu += Environment.CpuUsage.TotalTime - cpu;
            _elapsed += Stopwatch.GetElapsedTime(begun).TotalSeconds;
            _times.AddRange(times);
        }
    }
}
