using VoiceOrdering.Api.Identity;
using VoiceOrdering.Api.Problems;
using VoiceOrdering.Identity;
using VoiceOrdering.Silo.Outbox;

namespace VoiceOrdering.Api.Outbox;

/// <summary>What was sent to the destinations of the caller's restaurant, what waits, and what was given up.</summary>
internal static class DeliveriesApi
{
    private const int DefaultLimit = 50;
    private const int HighestLimit = 200;

    public static void MapDeliveries(this RouteGroupBuilder api)
    {
        var deliveries = api.MapGroup("/deliveries").WithTags("Destinations");
        deliveries.MapGet("", ListAsync).RequireScope(Scopes.OrdersRead).WithSummary("Deliveries, newest first; state=dead lists the dead letters").Produces<DeliveriesBody>().Problem(400, 401, 403);
        deliveries.MapPost("/{deliveryId}/replay", ReplayAsync).RequireScope(Scopes.OrdersWrite).WithSummary("Send a delivery again under the same id").Produces<ReplayBody>().Problem(401, 403, 404);
    }

    private static async Task<IResult> ListAsync(HttpContext http, IOutbox outbox, string? state = null, string? orderId = null, string? limit = null)
    {
        DeliveryState? wanted = null;
        if (state is not null)
        {
            if (!Enum.GetNames<DeliveryState>().Any(name => string.Equals(name, state, StringComparison.OrdinalIgnoreCase)))
            {
                return Invalid("state", "state must be pending, delivered or dead.");
            }

            wanted = Enum.Parse<DeliveryState>(state, ignoreCase: true);
        }

        var count = DefaultLimit;
        if (limit is not null && !(int.TryParse(limit, out count) && count is >= 1 and <= HighestLimit))
        {
            return Invalid("limit", $"limit must be from 1 to {HighestLimit}.");
        }

        return Results.Ok(new DeliveriesBody(await outbox.ListAsync(new DeliveryQuery(http.Caller().Restaurant.Value, wanted, orderId, count), http.RequestAborted)));
    }

    private static async Task<IResult> ReplayAsync(string deliveryId, HttpContext http, IOutbox outbox, IOutboxBell bell)
    {
        var replayed = await outbox.ReplayAsync(http.Caller().Restaurant.Value, deliveryId, http.RequestAborted);
        bell.Raise();
        return replayed == 0 ? new ApiProblem(404, "DELIVERY_UNKNOWN", "There is no such delivery.") : Results.Ok(new ReplayBody(replayed));
    }

    private static ApiProblem Invalid(string parameter, string sentence) => new ApiProblem(400, "PARAMETER_INVALID", sentence).With("parameter", parameter);
}
