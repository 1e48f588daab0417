using System.Globalization;
using System.Text.Json;
using VoiceOrdering.Api.Hosting;
using VoiceOrdering.Api.Identity;
using VoiceOrdering.Api.Problems;
using VoiceOrdering.Flags;
using VoiceOrdering.Identity;
using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Api.Menus;

/// <summary>The menu of the caller's restaurant, and words matched against it.</summary>
internal static class MenusApi
{
    public static void MapMenus(this RouteGroupBuilder api, ApiLimits limits)
    {
        api.MapGet("/menu", ViewAsync).WithTags("Menu").WithSummary("The menu in force").Produces<MenuBody>().Produces(304).Problem(401, 403, 404);
        api.MapPut("/menu", ReplaceAsync).RequireScope(Scopes.MenuWrite).Audited("menu.stored", "main").WithMetadata(new MenuSizedBody(limits.MenuBodyBytes)).Accepts<Menu>("application/json")
            .WithTags("Menu").WithSummary("Replace the menu \"main\" as a whole").Produces<MenuVersionBody>().Problem(400, 401, 403, 404, 412, 413, 415, 422, 428);
        api.MapPost("/parse-order", ParseAsync).RequireScope(Scopes.OrdersCreate)
            .WithTags("Menu").WithSummary("Turn words into order lines with confidence").Produces<ParsedOrder>().Problem(400, 401, 403, 404, 413, 415, 422);
    }

    private static async Task<IResult> ViewAsync(HttpContext http, IGrainFactory grains)
    {
        var menu = await Own(http, grains).FindMenuAsync();
        if (!menu.IsOk)
        {
            return menu.Refusal.ToProblem();
        }

        // What is shown is the menu of the moment; only where it is the menu as written can its tag be used to replace that.
        var tag = menu.Value.Revision == 0
            ? RequestPreconditions.Tag(menu.Value.Version)
            : string.Create(CultureInfo.InvariantCulture, $"\"{menu.Value.Version}.{menu.Value.Revision}\"");
        http.Response.Headers.ETag = tag;
        http.Response.Headers.CacheControl = "private, no-cache";
        return http.Request.Headers.IfNoneMatch.ToString().Split(',', StringSplitOptions.TrimEntries).Contains(tag, StringComparer.Ordinal)
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : Results.Ok(new MenuBody(menu.Value.Version, menu.Value.Menu));
    }

    private static Task<IResult> ReplaceAsync(JsonElement menu, HttpContext http, IGrainFactory grains) => MenuShelfApi.StoreAsync(MenuSnapshot.DefaultId, menu, null, http, grains);

    private static async Task<IResult> ParseAsync(ParseOrderRequest request, HttpContext http, IGrainFactory grains, IFlagDecisions flags)
    {
        if (string.IsNullOrWhiteSpace(request.Text))
        {
            return new ApiProblem(400, RefusalCodes.TextMissing, "The text is missing.").With("path", "$.text");
        }

        if (request.Threshold is < 0 or > 1)
        {
            return new ApiProblem(422, "THRESHOLD_INVALID", "The threshold must be from 0 to 1.").With("path", "$.threshold");
        }

        var caller = http.Caller();
        var on = await flags.OnForAsync(caller.Subject, caller.Subject, caller.Restaurant);
        var parsed = await Own(http, grains).ParseOrderAsync(new ParseOrder(request.Text, request.Threshold) { Flags = on });
        return parsed.IsOk ? Results.Ok(parsed.Value) : parsed.Refusal.ToProblem();
    }

    private static IRestaurantGrain Own(HttpContext http, IGrainFactory grains) => grains.GetGrain<IRestaurantGrain>(http.Caller().Restaurant.Value);
}
