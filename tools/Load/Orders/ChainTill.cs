using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using VoiceOrdering.TestKit.Processes;

namespace VoiceOrdering.Load.Orders;

/// <summary>One restaurant's way into the product: repeats what got no answer, under the same keys, until it gets one.</summary>
internal sealed class ChainTill(int restaurant, KilledProduct product, HttpClient http, TimeProvider time)
{
    private static readonly TimeSpan BeforeRepeat = TimeSpan.FromMilliseconds(100);
    // Refusals that end a request without what was asked for; a customer takes them and goes on.
    private const string VoucherRefusal = "\"code\":\"VOUCHER_";
    private readonly List<string> _vouchers = [];
    private string? _token;
    private int _retries;

    public int Retries => Volatile.Read(ref _retries);

    public async Task LogInAsync(CancellationToken cancellationToken)
    {
        var answer = await SendAsync(HttpMethod.Post, "auth/token", new { username = ChainMenu.User(restaurant), password = ApiProcess.Password }, null, cancellationToken);
        _token = answer.GetProperty("accessToken").GetString();
    }

    /// <summary>Stores the menu, issues the vouchers and registers the webhook; returns its signing secret.</summary>
    public async Task<string> OpenAsync(string webhook, CancellationToken cancellationToken)
    {
        await SendAsync(HttpMethod.Put, "menu", ChainMenu.Json(restaurant), ("If-Match", "\"0\""), cancellationToken);
        for (var voucher = 0; voucher < OrderPlan.VouchersPerRestaurant; voucher++)
        {
            var issued = await SendAsync(HttpMethod.Post, "vouchers", new { amountMinor = ChainMenu.VoucherMinor(restaurant) }, ("Idempotency-Key", $"voucher-{voucher}"), cancellationToken);
            _vouchers.Add(issued.GetProperty("code").GetString()!);
        }

        var added = await SendAsync(HttpMethod.Post, "destinations", new { kind = "pos", address = webhook }, null, cancellationToken);
        return added.GetProperty("secret").GetString()!;
    }

    /// <summary>A customer from the first line to the acknowledged order; every acknowledgement is a receipt.</summary>
    public async Task<IReadOnlyList<Receipt>> OrderAsync(PlannedOrder planned, CancellationToken cancellationToken)
    {
        var opened = await SendAsync(HttpMethod.Post, "sessions", new { channel = "text" }, null, cancellationToken);
        var session = $"sessions/{opened.GetProperty("sessionId").GetString()}";
        foreach (var (line, at) in planned.Lines.Select((line, at) => (line, at)))
        {
            var body = new { itemId = ChainMenu.ItemId(line.Item), options = line.Options, quantity = line.Quantity };
            await SendAsync(HttpMethod.Post, $"{session}/cart/lines", body, ("Idempotency-Key", $"{planned.Key}-{at}"), cancellationToken);
        }

        if (planned.Voucher is { } voucher)
        {
            await SendAsync(HttpMethod.Put, $"{session}/cart/voucher", new { code = _vouchers[voucher] }, ("Idempotency-Key", $"{planned.Key}-voucher"), cancellationToken);
        }

        var submits = Enumerable.Range(0, planned.Submits).Select(_ => SubmitAsync(session, planned.Key, cancellationToken));
        var receipts = (await Task.WhenAll(submits))
            .Select(order => new Receipt(planned.Number, order.GetProperty("orderId").GetString()!, order.GetProperty("total").GetProperty("amountMinor").GetInt64())).ToArray();
        if (planned.Then is { } status)
        {
            await SendAsync(HttpMethod.Post, $"orders/{receipts[0].OrderId}/status", new { status }, null, cancellationToken);
        }

        return receipts;
    }

    /// <summary>Submits; a customer who is told that somebody else used the voucher takes the order at the new total.</summary>
    private async Task<JsonElement> SubmitAsync(string session, string key, CancellationToken cancellationToken)
    {
        JsonElement answer;
        do
        {
            answer = await SendAsync(HttpMethod.Post, $"{session}/submit", null, ("Idempotency-Key", key), cancellationToken);
        }
        while (answer.ValueKind == JsonValueKind.Undefined);
        return answer;
    }

    /// <summary>Every voucher of the restaurant.</summary>
    public async Task<IReadOnlyList<ListedVoucher>> VouchersAsync(CancellationToken cancellationToken) =>
        [.. (await AllAsync("vouchers?limit=200", "vouchers", cancellationToken)).Select(voucher => new ListedVoucher(
            restaurant, voucher.GetProperty("code").GetString()!, voucher.GetProperty("status").GetString()!, voucher.TryGetProperty("orderId", out var order) ? order.GetString() : null))];

    /// <summary>Every order of the restaurant.</summary>
    public async Task<IReadOnlyList<StoredOrder>> StoredAsync(CancellationToken cancellationToken) =>
        [.. (await AllAsync("orders?limit=200", "orders", cancellationToken)).Select(order => new StoredOrder(
            restaurant, order.GetProperty("orderId").GetString()!, order.GetProperty("number").GetString()!, order.GetProperty("status").GetString()!,
            order.GetProperty("total").GetProperty("amountMinor").GetInt64())
        {
            DiscountMinor = order.TryGetProperty("discount", out var discount) ? discount.GetProperty("amountMinor").GetInt64() : 0,
            Voucher = order.TryGetProperty("voucher", out var voucher) ? voucher.GetString() : null,
        })];

    /// <summary>Deliveries in a state, by id.</summary>
    public async Task<IReadOnlyList<string>> DeliveriesAsync(string state, CancellationToken cancellationToken) =>
        [.. (await AllAsync($"deliveries?limit=200&state={state}", "deliveries", cancellationToken)).Select(delivery => $"{delivery.GetProperty("deliveryId").GetString()} ({state})")];

    private async Task<List<JsonElement>> AllAsync(string path, string member, CancellationToken cancellationToken)
    {
        var all = new List<JsonElement>();
        string? cursor = null;
        do
        {
            var page = await SendAsync(HttpMethod.Get, cursor is null ? path : $"{path}&cursor={cursor}", null, null, cancellationToken);
            all.AddRange(page.GetProperty(member).EnumerateArray());
            cursor = page.TryGetProperty("nextCursor", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);
        return all;
    }

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body, (string Name, string Value)? header, CancellationToken cancellationToken)
    {
        while (true)
        {
            await product.Up.WaitAsync(cancellationToken);
            if (await TryAsync(method, path, body, header, cancellationToken) is { } answer)
            {
                return answer;
            }

            Interlocked.Increment(ref _retries);
            await Task.Delay(BeforeRepeat, time, cancellationToken);
        }
    }

    /// <summary>The answer, or null when there was none and the request is to be repeated.</summary>
    private async Task<JsonElement?> TryAsync(HttpMethod method, string path, object? body, (string Name, string Value)? header, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, $"/api/v1/{path}") { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = _token is null ? null : new AuthenticationHeaderValue("Bearer", _token);
        if (header is var (name, value))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                return JsonDocument.Parse(text).RootElement;
            }

            var isLater = response.StatusCode is >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests || text.Contains("SUBMISSION_IN_FLIGHT", StringComparison.Ordinal);
            // A first answer that got lost: what was asked for is there. Or a voucher that somebody else used.
            var isDone = (response.StatusCode == HttpStatusCode.PreconditionFailed && method == HttpMethod.Put) || text.Contains(VoucherRefusal, StringComparison.Ordinal);
            return isLater ? null : isDone ? default(JsonElement) : throw new InvalidOperationException($"{method} {path} was answered {(int)response.StatusCode}: {text}");
        }
        catch (Exception lost) when (lost is HttpRequestException or IOException or SocketException || (lost is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }
}
