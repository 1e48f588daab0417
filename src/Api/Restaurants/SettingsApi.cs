using VoiceOrdering.Api.Identity;
using VoiceOrdering.Api.Menus;
using VoiceOrdering.Api.Problems;
using VoiceOrdering.Identity;
using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Api.Restaurants;

/// <summary>Settings of the caller's restaurant on the wire.</summary>
/// <param name="Version">The version; the ETag.</param>
/// <param name="IsOpen">Whether orders are taken now.</param>
/// <param name="Settings">The settings.</param>
internal sealed record SettingsBody(long Version, bool IsOpen, RestaurantSettings Settings);

/// <summary>The settings of the caller's restaurant.</summary>
internal static class SettingsApi
{
    public static void MapSettings(this RouteGroupBuilder api)
    {
        var settings = api.MapGroup("/settings").WithTags("Settings");
        settings.MapGet("", ViewAsync).RequireScope(Scopes.SettingsWrite).WithSummary("Hours, phones, notices, prompts").Produces<SettingsBody>().Problem(401, 403, 404);
        settings.MapPut("", ReplaceAsync).RequireScope(Scopes.SettingsWrite).Audited("settings.changed", "settings").WithSummary("Replace the settings as a whole").Produces<SettingsBody>().Problem(400, 401, 403, 404, 412, 415, 422, 428);
    }

    private static async Task<IResult> ViewAsync(HttpContext http, IGrainFactory grains)
    {
        var found = await Own(http, grains).FindSettingsAsync();
        return found.IsOk ? Answer(found.Value, http) : found.Refusal.ToProblem();
    }

    private static async Task<IResult> ReplaceAsync(RestaurantSettings settings, HttpContext http, IGrainFactory grains)
    {
        var (version, problem) = RequestPreconditions.IfMatchVersion(http.Request);
        problem ??= version is null
            ? new ApiProblem(428, "IF_MATCH_MISSING", "If-Match must name the version of the settings this change was made from, so that nobody's change is lost.")
            : null;
        if (problem is not null)
        {
            return problem;
        }

        var change = await Own(http, grains).PutSettingsAsync(settings, version!.Value, http.Caller().Subject);
        if (change.Refusal is not null)
        {
            return change.Refusal.ToProblem();
        }

        return change.Faults.Count == 0
            ? Answer(change.Stored!, http)
            : new ApiProblem(422, "SETTINGS_INVALID", $"The settings were not stored: {change.Faults.Count} {(change.Faults.Count == 1 ? "fault" : "faults")}.")
                .With("errors", change.Faults.Select(fault => new MenuFaultBody(fault.Path, fault.Code, fault.Sentence)).ToArray());
    }

    private static IResult Answer(SettingsSnapshot snapshot, HttpContext http)
    {
        http.Response.Headers.ETag = RequestPreconditions.Tag(snapshot.Version);
        http.Response.Headers.CacheControl = "no-store";
        return Results.Ok(new SettingsBody(snapshot.Version, snapshot.IsOpen, snapshot.Settings));
    }

    private static IRestaurantGrain Own(HttpContext http, IGrainFactory grains) => grains.GetGrain<IRestaurantGrain>(http.Caller().Restaurant.Value);
}
