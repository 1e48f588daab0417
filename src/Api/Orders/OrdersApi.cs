using System.Globalization;
using Microsoft.Extensions.Primitives;
using VoiceOrdering.Api.Hosting;
using VoiceOrdering.Api.Identity;
using VoiceOrdering.Api.Problems;
using VoiceOrdering.Identity;
using VoiceOrdering.Orders;
using VoiceOrdering.Silo.Audit;

namespace VoiceOrdering.Api.Orders;

/// <summary>Orders of the caller's restaurant.</summary>
internal static class OrdersApi
{
    private const int DefaultLimit = 50;
    private const int HistoryLimit = 200;
    private const int LongestCursor = 512;

    public static void MapOrders(this RouteGroupBuilder api)
    {
        var orders = api.MapGroup("/orders").WithTags("Orders");
        orders.MapGet("", ListAsync).RequireScope(Scopes.OrdersRead)
            .WithSummary("Orders, newest first").Produces<OrdersBody>().Problem(400, 401, 403);
        orders.MapGet("/{orderId}", ViewAsync).RequireScope(Scopes.OrdersRead)
            .WithSummary("One order").Produces<OrderBody>().Problem(401, 403, 404);
        orders.MapGet("/{orderId}/history", HistoryAsync).RequireScope(Scopes.OrdersRead)
            .WithSummary("Who moved the order when, oldest first").Produces<OrderHistoryBody>().Problem(401, 403, 404);
        orders.MapPost("/{orderId}/status", ChangeStatusAsync).RequireScope(Scopes.OrdersWrite)
            .WithSummary("Move an order to another status").Produces<OrderBody>().Problem(400, 401, 403, 404, 409, 415);
    }

    private static async Task<IResult> ListAsync(HttpContext http, IOrderStore store, ApiLimits limits, string? since = null, string? limit = null, string? cursor = null)
    {
        if (ReadStatuses(http.Request.Query["status"]) is not { } statuses)
        {
            return Invalid("status", $"Each status must be one of {string.Join(", ", Enum.GetNames<OrderStatus>().Select(JsonNameOf))}.");
        }

        var from = DateTimeOffset.MinValue;
        if (since is not null && !DateTimeOffset.TryParse(since, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out from))
        {
            return Invalid("since", "since must be an instant such as 2026-01-31T18:00:00Z.");
        }

        var count = Math.Min(DefaultLimit, limits.OrdersPerPage);
        if (limit is not null && !(int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count >= 1 && count <= limits.OrdersPerPage))
        {
            return Invalid("limit", $"limit must be from 1 to {limits.OrdersPerPage}.");
        }

        if (cursor is { Length: > LongestCursor })
        {
            return Invalid("cursor", "cursor is not one of ours.");
        }

        var query = new OrderQuery(http.Caller().Restaurant, statuses, since is null ? null : from, count, string.IsNullOrEmpty(cursor) ? null : cursor);
        try
        {
            var page = await store.ListAsync(query, http.RequestAborted);
            return Results.Ok(new OrdersBody([.. page.Orders.Select(OrderBody.From)], page.NextCursor));
        }
        catch (ArgumentException)
        {
            return Invalid("cursor", "cursor is not one of ours.");
        }
    }

    private static async Task<IResult> ViewAsync(string orderId, HttpContext http, IOrderStore store)
    {
        var order = await store.FindAsync(http.Caller().Restaurant, new OrderId(orderId), http.RequestAborted);
        return order is null ? new ApiProblem(404, RefusalCodes.OrderUnknown, "There is no such order.") : Results.Ok(OrderBody.From(order));
    }

    private static async Task<IResult> HistoryAsync(string orderId, HttpContext http, IOrderStore store, IAuditLog audit)
    {
        var restaurant = http.Caller().Restaurant;
        if (await store.FindAsync(restaurant, new OrderId(orderId), http.RequestAborted) is null)
        {
            return new ApiProblem(404, RefusalCodes.OrderUnknown, "There is no such order.");
        }

        var rows = await audit.ListAsync(new AuditQuery(restaurant.Value, orderId, null, HistoryLimit), http.RequestAborted);
        return Results.Ok(new OrderHistoryBody([.. rows.Reverse().Where(row => row.Action is "order.placed" or "order.status").Select(row => new OrderStepBody(row.At, row.By, row.Action == "order.placed" ? "placed" : row.Detail, row.Action == "order.placed" ? row.Detail : null))]));
    }

    private static async Task<IResult> ChangeStatusAsync(string orderId, ChangeStatusRequest request, HttpContext http, IGrainFactory grains, IOrderStore store)
    {
        if (request.Status is not { } status)
        {
            return new ApiProblem(400, "BODY_INVALID", "The status is missing.").With("path", "$.status");
        }

        // Asked of the store first, so that made-up ids do not activate grains.
        if (await store.FindAsync(http.Caller().Restaurant, new OrderId(orderId), http.RequestAborted) is null)
        {
            return new ApiProblem(404, RefusalCodes.OrderUnknown, "There is no such order.");
        }

        var changed = await grains.GetGrain<IOrderGrain>(orderId).ChangeStatusAsync(http.Caller(), status);
        return changed.IsOk ? Results.Ok(OrderBody.From(changed.Value)) : changed.Refusal.ToProblem();
    }

    private static List<OrderStatus>? ReadStatuses(StringValues given)
    {
        var statuses = new List<OrderStatus>();
        foreach (var word in given.SelectMany(value => (value ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            var known = Enum.GetValues<OrderStatus>().Where(status => JsonNameOf(status.ToString()) == word).ToArray();
            if (known.Length == 0)
            {
                return null;
            }

            statuses.Add(known[0]);
        }

        return [.. statuses.Distinct()];
    }

    private static string JsonNameOf(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private static ApiProblem Invalid(string parameter, string sentence) => new ApiProblem(400, "PARAMETER_INVALID", sentence).With("parameter", parameter);
}
