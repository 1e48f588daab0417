using VoiceOrdering.Api.Identity;
using VoiceOrdering.Api.Problems;
using VoiceOrdering.Identity;

namespace VoiceOrdering.Api.Calls;

/// <summary>A typed turn of the customer.</summary>
internal sealed record MessageRequest : TenantScopedRequest
{
    public string? Text { get; init; }
}

/// <summary>A typed turn was taken; the answer comes as events of the session.</summary>
/// <param name="ItemId">The turn's id in the transcript.</param>
internal sealed record MessageBody(string ItemId);

/// <summary>Typed turns.</summary>
internal static class MessagesApi
{
    public static void MapMessages(this IEndpointRouteBuilder api) =>
        api.MapPost("/sessions/{sessionId}/messages", SendAsync)
            .WithTags("Calls").WithSummary("Say something by typing").Produces<MessageBody>(202).Problem(400, 401, 403, 404, 409, 413, 429, 503);

    private static async Task<IResult> SendAsync(string sessionId, MessageRequest request, HttpContext http, TypedTurns turns, CallSettings settings)
    {
        Outcome<TypedTurn> turn = await turns.TakeAsync(http.Caller(), new SessionId(sessionId), request.Text ?? "", http.RequestAborted);
        if (turn.IsOk)
        {
            return Results.Json(new MessageBody(turn.Value.ItemId), statusCode: StatusCodes.Status202Accepted);
        }

        return turn.Refusal.Code switch
        {
            "AT_CAPACITY" or "CALL_ENDING" => new ApiProblem(503, turn.Refusal.Code, turn.Refusal.Sentence) { RetryAfter = settings.CapacityRetryAfter },
            "TURNS_PENDING" => new ApiProblem(429, turn.Refusal.Code, turn.Refusal.Sentence) { RetryAfter = TimeSpan.FromSeconds(1) },
            _ => turn.Refusal.ToProblem(),
        };
    }
}
