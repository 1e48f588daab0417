using VoiceOrdering.Api.Identity;
using VoiceOrdering.Api.Problems;
using VoiceOrdering.Flags;
using VoiceOrdering.Identity;

namespace VoiceOrdering.Api.Flags;

/// <summary>The feature flags, for operators.</summary>
internal static class FlagsApi
{
    public static void MapFlags(this IEndpointRouteBuilder routes)
    {
        var flags = routes.MapGroup("/api/v1/flags").WithTags("Flags");
        flags.MapGet("", ViewAsync).RequirePlatformScope(Scopes.OpsRead)
            .WithSummary("All flags with their rules").Produces<FlagsView>().Problem(401, 403);
        flags.MapGet("/history", HistoryAsync).RequirePlatformScope(Scopes.OpsRead)
            .WithSummary("Who changed which flag, newest first").Produces<FlagHistoryBody>().Problem(401, 403);
        flags.MapPut("/{name}", ChangeAsync).RequirePlatformScope(Scopes.OpsWrite).Audited("flag.changed", "name")
            .WithSummary("Replace the rule of one flag").Produces<FlagsView>().Problem(400, 401, 403, 404, 412, 415, 422, 428);
    }

    private static async Task<IResult> ViewAsync(HttpContext http, IGrainFactory grains)
    {
        var view = await Flags(grains).ViewAsync();
        return Answer(http, view);
    }

    private static async Task<IResult> HistoryAsync(IGrainFactory grains) => Results.Ok(new FlagHistoryBody(await Flags(grains).HistoryAsync()));

    private static async Task<IResult> ChangeAsync(string name, FlagRequest request, HttpContext http, IGrainFactory grains)
    {
        var (version, problem) = RequestPreconditions.IfMatchVersion(http.Request);
        problem ??= version is null
            ? new ApiProblem(428, "IF_MATCH_MISSING", "If-Match must name the version of the flags this change was made from, so that nobody's change is lost.")
            : null;
        problem ??= request.Enabled is null ? new ApiProblem(400, "BODY_INVALID", "enabled is missing.").With("path", "$.enabled") : null;
        if (problem is not null)
        {
            return problem;
        }

        var rule = new FlagRule(name, request.Enabled!.Value, request.Percentage ?? 0, [.. request.Users ?? []], [.. request.Restaurants ?? []]);
        var changed = await Flags(grains).ChangeAsync(rule with { Users = rule.Users.ToArray(), Restaurants = rule.Restaurants.ToArray() }, version!.Value, http.User.FindSubject()!);
        return changed.IsOk ? Answer(http, changed.Value) : changed.Refusal.ToProblem();
    }

    private static IResult Answer(HttpContext http, FlagsView view)
    {
        http.Response.Headers.ETag = RequestPreconditions.Tag(view.Version);
        return Results.Ok(view);
    }

    private static IFlagsGrain Flags(IGrainFactory grains) => grains.GetGrain<IFlagsGrain>(IFlagsGrain.Key);
}
