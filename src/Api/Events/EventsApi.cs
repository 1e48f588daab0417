using System.Globalization;
using VoiceOrdering.Api.Hosting;
using VoiceOrdering.Api.Identity;
using VoiceOrdering.Api.Problems;
using VoiceOrdering.Identity;
using VoiceOrdering.Orders;

namespace VoiceOrdering.Api.Events;

/// <summary>Live events of one session, and of the restaurant's orders.</summary>
internal static class EventsApi
{
    private const string LastEventId = "Last-Event-ID";

    public static void MapEvents(this RouteGroupBuilder api)
    {
        api.MapGet("/sessions/{sessionId}/events", SessionAsync)
            .WithTags("Sessions").WithSummary("Live events of the session (text/event-stream)").Produces(200, contentType: "text/event-stream").Problem(400, 401, 403, 404, 429);
        api.MapGet("/orders/events", KitchenAsync).RequireScope(Scopes.OrdersRead)
            .WithTags("Orders").WithSummary("Live feed of the kitchen board (text/event-stream)").Produces(200, contentType: "text/event-stream").Problem(401, 403, 429);
    }

    private static Task<IResult> SessionAsync(string sessionId, HttpContext http, IGrainFactory grains, EventStreams streams, TimeProvider clock, ApiLimits limits, ILogger<SessionFeed> logger)
    {
        var given = http.Request.Headers[LastEventId].ToString();
        var after = 0L;
        if (given.Length > 0 && !long.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out after))
        {
            return Task.FromResult<IResult>(new ApiProblem(400, "LAST_EVENT_ID_INVALID", "Last-Event-ID must be the id of an event of this session."));
        }

        return streams.RunAsync(http, "session", async stream =>
        {
            var feed = new SessionFeed(grains, new SessionId(sessionId), http.Caller(), stream, Timing(clock, limits, logger));
            return await StartAsync(feed, () => feed.StartAsync(after));
        });
    }

    private static Task<IResult> KitchenAsync(
        HttpContext http, IGrainFactory grains, IOrderStore store, EventStreams streams, TimeProvider clock, ApiLimits limits, ILogger<KitchenFeed> logger) =>
        streams.RunAsync(http, "kitchen", async stream =>
        {
            var feed = new KitchenFeed(grains, http.Caller().Restaurant, store, stream, (Timing(clock, limits, logger), limits));
            return await StartAsync(feed, () => feed.StartAsync(http.Request.Headers[LastEventId]));
        });

    private static async Task<(ApiProblem?, IAsyncDisposable?)> StartAsync(IAsyncDisposable feed, Func<Task<Refusal?>> start)
    {
        try
        {
            var refusal = await start();
            if (refusal is null)
            {
                return (null, feed);
            }

            await feed.DisposeAsync();
            return (refusal.ToProblem(), null);
        }
        catch
        {
            await feed.DisposeAsync();
            throw;
        }
    }

    private static FeedTiming Timing(TimeProvider clock, ApiLimits limits, ILogger logger) => new(clock, TimeSpan.FromSeconds(limits.HeartbeatSeconds), logger);
}
