using VoiceOrdering.Api.Identity;
using VoiceOrdering.Api.Problems;
using VoiceOrdering.Identity;
using VoiceOrdering.Silo.Audit;
using VoiceOrdering.Silo.Outbox;

namespace VoiceOrdering.Api.Outbox;

/// <summary>What was sent to destinations, what waits, and what was given up: for staff of their own restaurant, for operators of all.</summary>
internal static class DeliveriesApi
{
    public static void MapDeliveries(this RouteGroupBuilder api)
    {
        var deliveries = api.MapGroup("/deliveries").WithTags("Destinations");
        deliveries.MapGet("", ListAsync).RequireScope(Scopes.OrdersRead)
            .WithSummary("Deliveries, newest first; state=dead lists the dead letters").Produces<DeliveriesBody>().Problem(400, 401, 403);
        deliveries.MapPost("/{deliveryId}/replay", ReplayAsync).RequireScope(Scopes.OrdersWrite)
            .WithSummary("Send a delivery again under the same id").Produces<ReplayBody>().Problem(401, 403, 404, 409);
    }

    public static void MapOperatorDeliveries(this IEndpointRouteBuilder routes)
    {
        var ops = routes.MapGroup("/api/v1/ops").WithTags("Operators");
        ops.MapGet("/deliveries", ListAllAsync).RequirePlatformScope(Scopes.OpsRead)
            .WithSummary("Deliveries of all restaurants, newest first").Produces<DeliveriesBody>().Problem(400, 401, 403);
        ops.MapPost("/deliveries/{deliveryId}/replay", ReplayAnyAsync).RequirePlatformScope(Scopes.OpsWrite)
            .WithSummary("Send any delivery again under the same id").Produces<ReplayBody>().Problem(401, 403, 404, 409);
        ops.MapPost("/destinations/{destinationId}/replay", ReplayDeadAsync).RequirePlatformScope(Scopes.OpsWrite)
            .WithSummary("Send all dead letters of any destination again").Produces<ReplayBody>().Problem(401, 403, 404);
    }

    private static Task<IResult> ListAsync(HttpContext http, IOutbox outbox) => ListOfAsync(http.Caller().Restaurant.Value, http, outbox);

    private static Task<IResult> ListAllAsync(HttpContext http, IOutbox outbox) =>
        ListOfAsync(http.Request.Query["restaurantId"] is [{ Length: > 0 } restaurant] ? restaurant : null, http, outbox);

    private static async Task<IResult> ListOfAsync(string? restaurant, HttpContext http, IOutbox outbox)
    {
        var (asked, problem) = DeliveryListing.Read(http.Request.Query, restaurant);
        if (problem is not null)
        {
            return problem;
        }

        // One more than asked for tells whether there is a next page.
        var found = await outbox.ListAsync(asked! with { Limit = asked.Limit + 1 }, http.RequestAborted);
        DeliveryRecord[] page = [.. found.Take(asked.Limit)];
        return Results.Ok(new DeliveriesBody(page, found.Count > asked.Limit ? DeliveryListing.CursorAfter(page[^1]) : null));
    }

    private static Task<IResult> ReplayAsync(string deliveryId, HttpContext http, DestinationParts parts) =>
        ReplayOfAsync(http.Caller().Restaurant.Value, deliveryId, http, parts);

    private static Task<IResult> ReplayAnyAsync(string deliveryId, HttpContext http, DestinationParts parts) => ReplayOfAsync(null, deliveryId, http, parts);

    private static async Task<IResult> ReplayOfAsync(string? restaurant, string deliveryId, HttpContext http, DestinationParts parts)
    {
        var (outcome, owner) = await parts.Outbox.ReplayAsync(restaurant, deliveryId, http.RequestAborted);
        if (outcome == ReplayOutcome.Replayed)
        {
            await parts.Tools.Audit.AddAsync(AuditTrail.Entry(http, owner, "delivery.replayed", deliveryId), http.RequestAborted);
            parts.Tools.Bell.Raise();
        }

        return outcome switch
        {
            ReplayOutcome.Replayed => Results.Ok(new ReplayBody(1)),
            ReplayOutcome.DestinationGone => new ApiProblem(409, "DESTINATION_GONE", "The destination of this delivery was removed; it cannot be sent again."),
            _ => new ApiProblem(404, "DELIVERY_UNKNOWN", "There is no such delivery."),
        };
    }

    private static async Task<IResult> ReplayDeadAsync(string destinationId, HttpContext http, DestinationParts parts) =>
        await parts.Store.FindAsync(destinationId, http.RequestAborted) is { } destination
            ? await parts.ReplayDeadAsync(destination, http)
            : new ApiProblem(404, "DESTINATION_UNKNOWN", "There is no such destination.");
}
