using VoiceOrdering.Api.Carts;
using VoiceOrdering.Api.Hosting;
using VoiceOrdering.Api.Identity;
using VoiceOrdering.Api.Problems;
using VoiceOrdering.Flags;
using VoiceOrdering.Identity;
using VoiceOrdering.Sessions;

namespace VoiceOrdering.Api.Sessions;

/// <summary>Opening, reading and resuming sessions.</summary>
internal static class SessionsApi
{
    private const int LongestLanguage = 35;
    private static readonly string[] Channels = ["web", "text"];

    public static void MapSessions(this RouteGroupBuilder api)
    {
        api.MapPost("/sessions", OpenAsync).RequireScope(Scopes.OrdersCreate)
            .WithTags("Sessions").WithSummary("Open a session").Produces<SessionBody>(201).Problem(400, 401, 403, 415, 422, 429);
        api.MapGet("/sessions/{sessionId}", ViewAsync)
            .WithTags("Sessions").WithSummary("Phase, transcript, cart and connection state").Produces<SessionBody>().Problem(401, 403, 404);
        api.MapPost("/sessions/{sessionId}/resume", ResumeAsync)
            .WithTags("Sessions").WithSummary("Take an interrupted session up again").Produces<SessionBody>().Problem(400, 401, 403, 404, 410);
    }

    private static async Task<IResult> OpenAsync(OpenSessionRequest request, HttpContext http, SessionOpening opening, ApiSettings settings)
    {
        if (request.Channel is not { } channel || !Channels.Contains(channel))
        {
            return new ApiProblem(422, RefusalCodes.ChannelInvalid, "The channel must be web or text.").With("path", "$.channel").With("choices", Channels);
        }

        if (request.Language is { } language && !IsLanguageTag(language))
        {
            return new ApiProblem(422, "LANGUAGE_INVALID", "The language must be a BCP 47 tag such as en or en-GB.").With("path", "$.language");
        }

        var wishes = (request.Flags ?? new Dictionary<string, bool>()).Select(wish => new FlagOverride(wish.Key, wish.Value)).ToArray();
        var opened = await opening.OpenAsync(http.Caller(), new OpenSession(channel, request.Language) { FlagOverrides = wishes });
        return opened.IsOk
            ? Results.Created($"/api/v1/sessions/{opened.Value.Session.Id.Value}", ToBody(opened.Value.Session, settings) with { ResumeToken = opened.Value.ResumeToken })
            : opened.Refusal.ToProblem();
    }

    private static async Task<IResult> ViewAsync(string sessionId, HttpContext http, IGrainFactory grains, ApiSettings settings)
    {
        var view = await grains.GetGrain<ISessionGrain>(sessionId).ViewAsync(http.Caller());
        return view.IsOk ? Results.Ok(ToBody(view.Value, settings)) : view.Refusal.ToProblem();
    }

    private static async Task<IResult> ResumeAsync(string sessionId, ResumeSessionRequest request, HttpContext http, IGrainFactory grains, ApiSettings settings)
    {
        if (string.IsNullOrEmpty(request.ResumeToken))
        {
            return new ApiProblem(400, "BODY_INVALID", "The resumeToken is missing.").With("path", "$.resumeToken");
        }

        var view = await grains.GetGrain<ISessionGrain>(sessionId).ResumeAsync(http.Caller(), request.ResumeToken);
        return view.IsOk ? Results.Ok(ToBody(view.Value, settings)) : view.Refusal.ToProblem();
    }

    private static SessionBody ToBody(SessionView view, ApiSettings settings) => new()
    {
        SessionId = view.Id.Value,
        Phase = view.Phase,
        Connection = view.Phase switch
        {
            SessionPhase.Connecting => "connecting",
            SessionPhase.Active => "connected",
            SessionPhase.Interrupted => "lost",
            _ => "none",
        },
        Channel = view.Channel,
        Language = view.Language,
        ExpiresAt = view.ExpiresAt,
        IceServers = [.. settings.IceServers.Select(url => new IceServer([url]))],
        Transcript = view.Transcript,
        Cart = CartBody.From(view.Cart),
        Flags = view.Flags,
        LastEventId = view.LastSequence,
    };

    private static bool IsLanguageTag(string tag) =>
        tag.Length is >= 2 and <= LongestLanguage && tag.Split('-').All(part => part.Length is >= 1 and <= 8 && part.All(char.IsAsciiLetterOrDigit)) && char.IsAsciiLetter(tag[0]);
}
