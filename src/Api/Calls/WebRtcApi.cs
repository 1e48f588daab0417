using VoiceOrdering.Api.Identity;
using VoiceOrdering.Api.Problems;
using VoiceOrdering.Identity;

namespace VoiceOrdering.Api.Calls;

/// <summary>A browser's voice: offer in, answer out; ICE restart; hang up.</summary>
internal static class WebRtcApi
{
    public static void MapWebRtc(this IEndpointRouteBuilder api)
    {
        api.MapPost("/sessions/{sessionId}/webrtc", ConnectAsync)
            .WithTags("Calls").WithSummary("Connect a browser's audio").Accepts<string>(OfferBody.MediaType)
            .Produces(201, contentType: OfferBody.MediaType).Problem(400, 401, 403, 404, 406, 409, 413, 415, 503);
        api.MapPatch("/sessions/{sessionId}/webrtc/{legId}", RestartAsync)
            .WithTags("Calls").WithSummary("Restart ICE of a live call").Accepts<string>(OfferBody.MediaType)
            .Produces(200, contentType: OfferBody.MediaType).Problem(400, 401, 403, 404, 413, 415);
        api.MapDelete("/sessions/{sessionId}/webrtc/{legId}", HangUpAsync)
            .WithTags("Calls").WithSummary("Hang up").Produces(204).Problem(401, 403, 404);
    }

    private static async Task<IResult> ConnectAsync(string sessionId, HttpContext http, WebRtcCalls calls, CallSettings settings)
    {
        (string? offer, ApiProblem? problem) = await OfferBody.ReadAsync(http.Request, settings.MaxOfferBytes);
        if (offer is null)
        {
            return problem!;
        }

        Outcome<ConnectedCall> call = await calls.ConnectAsync(http.Caller(), new SessionId(sessionId), offer, http.RequestAborted);
        if (!call.IsOk)
        {
            return ToProblem(call.Refusal, settings);
        }

        http.Response.Headers.Location = $"/api/v1/sessions/{sessionId}/webrtc/{call.Value.LegId}";
        return Results.Text(call.Value.AnswerSdp, OfferBody.MediaType, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> RestartAsync(string sessionId, string legId, HttpContext http, WebRtcCalls calls, CallSettings settings)
    {
        (string? offer, ApiProblem? problem) = await OfferBody.ReadAsync(http.Request, settings.MaxOfferBytes);
        if (offer is null)
        {
            return problem!;
        }

        Outcome<ConnectedCall> call = await calls.RestartAsync(http.Caller(), new SessionId(sessionId), legId, offer, http.RequestAborted);
        return call.IsOk ? Results.Text(call.Value.AnswerSdp, OfferBody.MediaType) : ToProblem(call.Refusal, settings);
    }

    private static async Task<IResult> HangUpAsync(string sessionId, string legId, HttpContext http, WebRtcCalls calls, CallSettings settings)
    {
        Refusal? refusal = await calls.HangUpAsync(http.Caller(), new SessionId(sessionId), legId);
        return refusal is null ? Results.NoContent() : ToProblem(refusal, settings);
    }

    private static ApiProblem ToProblem(Refusal refusal, CallSettings settings) => refusal.Code switch
    {
        "SDP_INVALID" => new ApiProblem(400, refusal.Code, refusal.Sentence),
        "NO_COMMON_CODEC" => new ApiProblem(406, refusal.Code, refusal.Sentence),
        "LEG_UNKNOWN" => new ApiProblem(404, refusal.Code, refusal.Sentence),
        "AT_CAPACITY" or "MEDIA_AT_CAPACITY" => new ApiProblem(503, "AT_CAPACITY", refusal.Sentence) { RetryAfter = settings.CapacityRetryAfter },
        _ => refusal.ToProblem(),
    };
}
