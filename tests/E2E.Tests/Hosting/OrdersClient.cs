using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using VoiceOrdering.TestKit.Processes;

namespace VoiceOrdering.E2E.Tests.Hosting;

/// <summary>Reads what was really stored, as another service would: over the API.</summary>
internal sealed class OrdersClient : IDisposable
{
    private readonly HttpClient http;

    private OrdersClient(HttpClient http) => this.http = http;

    public static async Task<OrdersClient> LogInAsync(string address, string user)
    {
        var http = new HttpClient { BaseAddress = new Uri(address) };
        using var answer = await http.PostAsJsonAsync("/api/v1/auth/token", new { username = user, password = ApiProcess.Password });
        answer.EnsureSuccessStatusCode();
        var token = await answer.Content.ReadFromJsonAsync<JsonElement>();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.GetProperty("accessToken").GetString());
        return new OrdersClient(http);
    }

    /// <summary>All orders of the restaurant, newest first.</summary>
    public async Task<IReadOnlyList<StoredOrder>> AllAsync()
    {
        var page = await http.GetFromJsonAsync<JsonElement>("/api/v1/orders?limit=200");
        return [.. page.GetProperty("orders").EnumerateArray().Select(StoredOrder.From)];
    }

    /// <summary>The one order of a session.</summary>
    public async Task<StoredOrder> OfSessionAsync(string sessionId) => (await AllAsync()).Where(o => o.SessionId == sessionId).ShouldHaveSingleItem();

    /// <summary>Changes a line of a session's cart.</summary>
    public async Task ChangeLineAsync(string sessionId, string lineId, object change)
    {
        using var answer = await http.PatchAsJsonAsync($"/api/v1/sessions/{sessionId}/cart/lines/{lineId}", change);
        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
    }

    public void Dispose() => http.Dispose();
}

/// <summary>An order reduced to what must be right: lines and cents.</summary>
internal sealed record StoredOrder(string OrderId, string Number, string SessionId, IReadOnlyList<string> Lines, long SubtotalMinor, long TaxMinor, long TotalMinor)
{
    /// <summary>Lines as <c>2 classic-burger/double +bacon -onions = 2298</c>, sorted.</summary>
    public static StoredOrder From(JsonElement order) => new(
        order.GetProperty("orderId").GetString()!,
        order.GetProperty("number").GetString()!,
        order.GetProperty("sessionId").GetString()!,
        [.. order.GetProperty("lines").EnumerateArray().Select(Line).Order(StringComparer.Ordinal)],
        Amount(order, "subtotal"), Amount(order, "tax"), Amount(order, "total"));

    private static string Line(JsonElement line)
    {
        var size = line.TryGetProperty("size", out var s) ? $"/{s.GetString()}" : "";
        return $"{line.GetProperty("quantity").GetInt32()} {line.GetProperty("itemId").GetString()}{size}{Ids(line, "options", '+')}{Ids(line, "without", '-')} = {Amount(line, "linePrice")}";
    }

    private static string Ids(JsonElement line, string member, char sign) =>
        line.TryGetProperty(member, out var ids) ? string.Concat(ids.EnumerateArray().Select(o => o.GetProperty("id").GetString()).Order(StringComparer.Ordinal).Select(id => $" {sign}{id}")) : "";

    private static long Amount(JsonElement parent, string member) => parent.GetProperty(member).GetProperty("amountMinor").GetInt64();
}
