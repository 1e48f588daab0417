using System.Security.Cryptography;
using System.Text;
using VoiceOrdering.Api.Identity;
using VoiceOrdering.Api.Observability;
using VoiceOrdering.Api.Orders;
using VoiceOrdering.Api.Problems;
using VoiceOrdering.Carts;
using VoiceOrdering.Flags;
using VoiceOrdering.Identity;
using VoiceOrdering.Sessions;

namespace VoiceOrdering.Api.Carts;

/// <summary>Turns a cart into exactly one order, however often the request is sent (IETF draft-ietf-httpapi-idempotency-key-header).</summary>
internal static class SubmissionsApi
{
    private static readonly TimeSpan InFlightRetry = TimeSpan.FromSeconds(1);

    public static void MapSubmissions(this RouteGroupBuilder api) =>
        api.MapPost("/sessions/{sessionId}/submit", SubmitAsync).RequireScope(Scopes.OrdersCreate)
            .WithTags("Carts").WithSummary("Submit the cart as an order, exactly once per Idempotency-Key")
            .Produces<OrderBody>(201).Problem(400, 401, 403, 404, 409, 412, 415, 422, 503);

    private static async Task<IResult> SubmitAsync(
        string sessionId, SubmitRequest? request, HttpContext http, IGrainFactory grains, SubmissionsInFlight inFlight, ApiMetrics metrics, IIdSource ids)
    {
        var (key, problem) = RequestPreconditions.IdempotencyKey(http.Request);
        var (version, badVersion) = ReviewedVersion(http.Request, request);
        problem ??= badVersion;
        if (problem is not null)
        {
            return problem;
        }

        var caller = http.Caller();
        if (key is null)
        {
            if (await NeedsKeyAsync(grains, sessionId, caller))
            {
                return new ApiProblem(400, "IDEMPOTENCY_KEY_MISSING", "Submitting needs the header Idempotency-Key, so that a repeated request cannot order twice.");
            }

            key = ids.NewId("sub_");
        }

        var fingerprint = Fingerprint(sessionId, version);
        switch (inFlight.TryBegin(caller.Restaurant, key, fingerprint))
        {
            case InFlightState.Same:
                metrics.CountSubmission("in_flight");
                return new ApiProblem(409, "SUBMISSION_IN_FLIGHT", "The first request with this key is still being worked on; ask again.") { RetryAfter = InFlightRetry };
            case InFlightState.Other:
                return new ApiProblem(422, RefusalCodes.IdempotencyKeyReused, "This Idempotency-Key belongs to another request.");
            case InFlightState.Full:
                return new ApiProblem(503, "AT_CAPACITY", "Too many submissions at one time; try again.") { RetryAfter = InFlightRetry };
        }

        try
        {
            var submitted = await grains.GetGrain<ICartGrain>(sessionId).SubmitAsync(caller, new SubmitCart(key, version, fingerprint, "click"));
            metrics.CountSubmission(submitted.IsOk ? submitted.Value.Replayed ? "replayed" : "placed" : "refused");
            return submitted.IsOk ? Placed(submitted.Value, http) : submitted.Refusal.ToProblem();
        }
        finally
        {
            inFlight.End(caller.Restaurant, key);
        }
    }

    /// <summary>Decided by the flag the session was opened with; a session that cannot be seen needs one like all others.</summary>
    private static async Task<bool> NeedsKeyAsync(IGrainFactory grains, string sessionId, Caller caller)
    {
        var session = await grains.GetGrain<ISessionGrain>(sessionId).ViewAsync(caller);
        return !session.IsOk || session.Value.Flags.Contains(FlagNames.IdempotencyEnabled);
    }

    private static IResult Placed(Submission submission, HttpContext http)
    {
        if (submission.Replayed)
        {
            http.Response.Headers["Idempotency-Replayed"] = "true";
        }

        return Results.Created($"/api/v1/orders/{submission.Order.Id.Value}", OrderBody.From(submission.Order));
    }

    private static (long? Version, ApiProblem? Problem) ReviewedVersion(HttpRequest http, SubmitRequest? request)
    {
        var (version, problem) = RequestPreconditions.IfMatchVersion(http);
        if (problem is null && version is not null && request?.CartVersion is { } other && other != version)
        {
            problem = new ApiProblem(400, "BODY_INVALID", "If-Match and cartVersion name different versions.").With("path", "$.cartVersion");
        }

        return (version ?? request?.CartVersion, problem);
    }

    /// <summary>What makes two submissions the same request: the cart and the version that was reviewed.</summary>
    private static string Fingerprint(string sessionId, long? version) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"submit\n{sessionId}\n{version}")));
}
