using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace VoiceOrdering.Bench.Submit;

/// <summary>
/// Durable submissions over HTTP: the product, from a reviewed cart to the stored order with its key, outbox and audit, beside the simplest thing that could do:
/// one endpoint that inserts into one table with a unique key. Both on Kestrel and on a SQLite file with <c>synchronous=FULL</c> in the same folder, one after the other.
/// </summary>
internal sealed class SubmitBench : IBenchGroup
{
    private const int Callers = 64;
    private const int PerCaller = 40;
    private const int WarmUps = 4;

    public string Name => "submit";

    public string What => $"Durable submissions over HTTP, {Callers} callers, beside a plain endpoint with one unique-key table.";

    public async IAsyncEnumerable<BenchResult> RunAsync(BenchOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var plain = await MeasurePlainAsync(options, cancellationToken);
        yield return new BenchResult("plain endpoint", plain.PerSecond, "orders/s");
        yield return new BenchResult("plain endpoint", plain.P99Ms, "ms p99");
        var own = await MeasureOwnAsync(options, cancellationToken);
        yield return new BenchResult("this product", own.PerSecond, "orders/s");
        yield return new BenchResult("this product", own.P99Ms, "ms p99");
        yield return new BenchResult("this product / plain endpoint", own.PerSecond / plain.PerSecond, "x", 1);
    }

    private static async Task<Figure> MeasurePlainAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        await using var endpoint = await PlainEndpoint.StartAsync(Path.Combine(options.Directory, "plain.db"));
        using var http = Client(endpoint.Address);
        return await MeasureAsync(
            (caller, number) => SendAsync(http, "/orders", $"key-{caller}-{number}", PlainEndpoint.Order, cancellationToken), cancellationToken);
    }

    private static async Task<Figure> MeasureOwnAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        await using var product = await ProductHost.StartAsync(Path.Combine(options.Directory, "product"));
        using var http = Client(product.Address);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", product.Token);
        var carts = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => FillAsync(http, cancellationToken)));
        return await MeasureAsync(
            (caller, number) => SendAsync(http, $"/api/v1/sessions/{carts[caller][number]}/submit", $"key-{caller}-{number}", null, cancellationToken), cancellationToken);
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

    private static async Task<Figure> MeasureAsync(Func<int, int, Task> submit, CancellationToken cancellationToken)
    {
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async caller =>
        {
            for (var number = 0; number < WarmUps; number++)
            {
                await submit(caller, PerCaller + number);
            }
        }));
        var times = new double[Callers * PerCaller];
        var begun = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            for (var number = 0; number < PerCaller; number++)
            {
                var at = Stopwatch.GetTimestamp();
                await submit(caller, number);
                times[(caller * PerCaller) + number] = Stopwatch.GetElapsedTime(at).TotalMilliseconds;
            }
        }, cancellationToken)));
        var elapsed = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        Array.Sort(times);
        return new Figure(times.Length / elapsed, times[(int)(times.Length * 0.99)]);
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

    private readonly record struct Figure(double PerSecond, double P99Ms);
}
