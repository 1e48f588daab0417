using System.Text.Json;

namespace VoiceOrdering.Api.Tests.Hosting;

/// <summary>Steps of a customer that many tests need.</summary>
public static class Ordering
{
    /// <summary>Opens a session and returns its id.</summary>
    public static async Task<string> OpenSessionAsync(this ApiClient client)
    {
        var answer = await client.PostAsync("/api/v1/sessions", new { channel = "web" });
        return answer.ShouldBe(201).Json.GetProperty("sessionId").GetString()!;
    }

    /// <summary>Ids of menu items that need no choice.</summary>
    public static async Task<IReadOnlyList<string>> SimpleItemsAsync(this ApiClient client)
    {
        var menu = (await client.GetAsync("/api/v1/menu")).ShouldBe(200).Json.GetProperty("menu");
        return
        [
            .. menu.GetProperty("categories").EnumerateArray().SelectMany(category => category.GetProperty("items").EnumerateArray())
                .Where(item => item.GetProperty("available").GetBoolean()
                    && item.GetProperty("sizes").GetArrayLength() == 0
                    && item.GetProperty("groups").EnumerateArray().All(group => group.GetProperty("min").GetInt32() == 0))
                .Select(item => item.GetProperty("id").GetString()!),
        ];
    }

    /// <summary>Adds a line and returns the cart.</summary>
    public static async Task<JsonElement> AddAsync(this ApiClient client, string sessionId, string itemId, int quantity = 1)
    {
        var answer = await client.PostAsync($"/api/v1/sessions/{sessionId}/cart/lines", new { itemId, quantity });
        return answer.ShouldBe(201).Json;
    }

    /// <summary>A session with one simple item in its cart.</summary>
    public static async Task<string> FilledSessionAsync(this ApiClient client)
    {
        var sessionId = await client.OpenSessionAsync();
        await client.AddAsync(sessionId, (await client.SimpleItemsAsync())[0], quantity: 2);
        return sessionId;
    }

    /// <summary>Submits with a key.</summary>
    public static Task<ApiAnswer> SubmitAsync(this ApiClient client, string sessionId, string key, object? body = null) =>
        client.PostAsync($"/api/v1/sessions/{sessionId}/submit", body, ("Idempotency-Key", key));

    /// <summary>Opens, fills and submits; returns the order.</summary>
    public static async Task<JsonElement> PlaceOrderAsync(this ApiClient client)
    {
        var sessionId = await client.FilledSessionAsync();
        return (await client.SubmitAsync(sessionId, $"key-{sessionId}")).ShouldBe(201).Json;
    }

    /// <summary>Every order the user can see.</summary>
    public static async Task<IReadOnlyList<JsonElement>> AllOrdersAsync(this ApiClient client)
    {
        var orders = new List<JsonElement>();
        string? cursor = null;
        do
        {
            var page = (await client.GetAsync($"/api/v1/orders?limit=7{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}")).ShouldBe(200).Json;
            orders.AddRange(page.GetProperty("orders").EnumerateArray());
            cursor = page.TryGetProperty("nextCursor", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);
        return orders;
    }
}
