using System.Text.Json;
using VoiceOrdering.Api.Hosting;
using VoiceOrdering.Api.Identity;
using VoiceOrdering.Api.Problems;
using VoiceOrdering.Grains.Restaurants;
using VoiceOrdering.Identity;
using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Api.Menus;

/// <summary>The menus of the caller's restaurant as they are written: versions, import and export, switches, and what is sold out.</summary>
internal static class MenuShelfApi
{
    public static void MapMenuShelf(this RouteGroupBuilder api, ApiLimits limits)
    {
        var menus = api.MapGroup("/menus").WithTags("Menu");
        menus.MapGet("", ListAsync).RequireScope(Scopes.MenuWrite).WithSummary("All menus with their versions, switches and sold-out items").Produces<MenuShelfView>().Problem(401, 403, 404);
        menus.MapGet("/{menuId}", ExportAsync).RequireScope(Scopes.MenuWrite).WithSummary("A menu as written; ?version= for an earlier one").Produces<MenuSourceBody>().Problem(400, 401, 403, 404);
        menus.MapPut("/{menuId}", (string menuId, DateTimeOffset? activeFrom, JsonElement body, HttpContext http, IGrainFactory grains) => StoreAsync(menuId, body, activeFrom, http, grains)).RequireScope(Scopes.MenuWrite).Audited("menu.stored", "menuId").WithMetadata(new MenuSizedBody(limits.MenuBodyBytes)).Accepts<Menu>("application/json")
            .WithSummary("Store a menu as a new version").Produces<MenuVersionBody>().Problem(400, 401, 403, 404, 409, 412, 413, 415, 422, 428);
        menus.MapPost("/validation", Validate).RequireScope(Scopes.MenuWrite).WithMetadata(new MenuSizedBody(limits.MenuBodyBytes)).Accepts<Menu>("application/json")
            .WithSummary("List the faults of a menu without storing it").Produces<MenuFaultsBody>().Problem(400, 401, 403, 413, 415);
        menus.MapPost("/{menuId}/revert", RevertAsync).RequireScope(Scopes.MenuWrite).Audited("menu.reverted", "menuId")
            .WithSummary("Make an earlier version the newest again").Produces<MenuVersionBody>().Problem(400, 401, 403, 404, 412, 415, 422, 428);
        menus.MapPost("/switches", SwitchAsync).RequireScope(Scopes.MenuWrite).Audited("menu.switched", "switches")
            .WithSummary("Put a menu in force, at once or later").Produces<MenuShelfView>().Problem(400, 401, 403, 404, 409, 415);
        menus.MapDelete("/switches/{menuId}", CancelAsync).RequireScope(Scopes.MenuWrite).Audited("menu.switch-cancelled", "menuId")
            .WithSummary("Take a planned switch back; ?from= names its instant").Produces<MenuShelfView>().Problem(400, 401, 403, 404);
        var soldOut = api.MapGroup("/sold-out").WithTags("Menu");
        soldOut.MapGet("", SoldOutAsync).WithSummary("Items that staff marked as sold out").Produces<IReadOnlyList<SoldOutItem>>().Problem(401, 403, 404);
        soldOut.MapPut("/{itemId}", MarkAsync).RequireScope(Scopes.OrdersWrite).Audited("item.sold-out", "itemId").WithSummary("Mark an item as sold out").Produces<IReadOnlyList<SoldOutItem>>().Problem(400, 401, 403, 404, 415, 422);
        soldOut.MapPut("/options/{optionId}", MarkOptionAsync).RequireScope(Scopes.OrdersWrite).Audited("option.sold-out", "optionId").WithSummary("Mark an option as sold out wherever it is offered").Produces<IReadOnlyList<SoldOutItem>>().Problem(400, 401, 403, 404, 415, 422);
        soldOut.MapDelete("/options/{optionId}", OptionBackAsync).RequireScope(Scopes.OrdersWrite).Audited("option.back", "optionId").WithSummary("The option is back").Produces<IReadOnlyList<SoldOutItem>>().Problem(401, 403, 404);
        soldOut.MapDelete("/{itemId}", BackAsync).RequireScope(Scopes.OrdersWrite).Audited("item.back", "itemId").WithSummary("The item is back").Produces<IReadOnlyList<SoldOutItem>>().Problem(401, 403, 404);
    }

    /// <summary>The schema is the same for everybody and no secret.</summary>
    public static void MapMenuSchema(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/menu-schema", () => Results.Text(MenuDocument.SchemaText, "application/schema+json"))
            .WithTags("Menu").WithSummary("JSON Schema of a menu").Produces(200, contentType: "application/schema+json").AllowAnonymous();

    /// <summary>Stores what the body says; <paramref name="activeFrom"/> delays it.</summary>
    internal static async Task<IResult> StoreAsync(string menuId, JsonElement body, DateTimeOffset? activeFrom, HttpContext http, IGrainFactory grains)
    {
        var (version, problem) = ReadVersion(http);
        if (problem is not null)
        {
            return problem;
        }

        var (menu, faults) = MenuDocument.Read(body);
        if (menu is null)
        {
            return Invalid(faults);
        }

        return Answer(await Own(http, grains).StoreMenuAsync(new StoreMenu(menuId, menu, version, activeFrom, http.Caller().Subject)), http);
    }

    private static async Task<IResult> ListAsync(HttpContext http, IGrainFactory grains) => Answer(await Own(http, grains).ListMenusAsync());

    private static async Task<IResult> ExportAsync(string menuId, long? version, HttpContext http, IGrainFactory grains)
    {
        var found = await Own(http, grains).FindMenuSourceAsync(menuId, version);
        if (!found.IsOk)
        {
            return found.Refusal.ToProblem();
        }

        var (menu, isNewest) = (found.Value, version is null);
        if (isNewest)
        {
            http.Response.Headers.ETag = RequestPreconditions.Tag(menu.Version);
        }

        return Results.Ok(new MenuSourceBody(menu.MenuId, menu.Version, menu.StoredAt, menu.StoredBy, menu.ActiveFrom, menu.Menu));
    }

    private static IResult Validate(JsonElement body, Limits limits)
    {
        var (menu, faults) = MenuDocument.Read(body);
        return Results.Ok(new MenuFaultsBody(Bodies(menu is null ? faults : MenuValidation.Validate(menu, limits))));
    }

    private static async Task<IResult> RevertAsync(string menuId, RevertMenuRequest request, HttpContext http, IGrainFactory grains)
    {
        var (version, problem) = ReadVersion(http);
        problem ??= request.Version is null ? new ApiProblem(400, "BODY_INVALID", "The version is missing.").With("path", "$.version") : null;
        return problem ?? Answer(await Own(http, grains).RevertMenuAsync(new RevertMenu(menuId, request.Version!.Value, version, http.Caller().Subject)), http);
    }

    private static async Task<IResult> SwitchAsync(SwitchMenuRequest request, HttpContext http, IGrainFactory grains)
    {
        if (string.IsNullOrEmpty(request.MenuId) || !MenuValidation.IsSlug(request.MenuId))
        {
            return new ApiProblem(400, "BODY_INVALID", "The menuId is missing or not an id.").With("path", "$.menuId");
        }

        return Answer(await Own(http, grains).SwitchMenuAsync(new MenuSwitch(request.MenuId, request.From ?? DateTimeOffset.MinValue, http.Caller().Subject)));
    }

    private static async Task<IResult> CancelAsync(string menuId, DateTimeOffset? from, HttpContext http, IGrainFactory grains) => from is { } instant
        ? Answer(await Own(http, grains).CancelSwitchAsync(menuId, instant))
        : new ApiProblem(400, "QUERY_INVALID", "from must name the instant of the switch.").With("path", "from");

    private static async Task<IResult> SoldOutAsync(HttpContext http, IGrainFactory grains) => Marks(await Own(http, grains).ListMenusAsync());

    private static async Task<IResult> MarkAsync(string itemId, SoldOutRequest request, HttpContext http, IGrainFactory grains) =>
        Marks(await Own(http, grains).MarkSoldOutAsync(itemId, request.Until, http.Caller().Subject));

    private static async Task<IResult> MarkOptionAsync(string optionId, SoldOutRequest request, HttpContext http, IGrainFactory grains) =>
        Marks(await Own(http, grains).MarkOptionSoldOutAsync(optionId, request.Until, http.Caller().Subject));

    private static async Task<IResult> OptionBackAsync(string optionId, HttpContext http, IGrainFactory grains) => Marks(await Own(http, grains).MarkOptionBackAsync(optionId, http.Caller().Subject));

    private static async Task<IResult> BackAsync(string itemId, HttpContext http, IGrainFactory grains) => Marks(await Own(http, grains).MarkBackAsync(itemId, http.Caller().Subject));

    private static IResult Marks(Outcome<MenuShelfView> shelf) => shelf.IsOk ? Results.Ok(shelf.Value.SoldOut) : shelf.Refusal.ToProblem();

    private static IResult Answer(Outcome<MenuShelfView> shelf) => shelf.IsOk ? Results.Ok(shelf.Value) : shelf.Refusal.ToProblem();

    private static IResult Answer(MenuChange change, HttpContext http)
    {
        if (change.Refusal is not null)
        {
            return change.Refusal.ToProblem();
        }

        if (change.Faults.Count > 0)
        {
            return Invalid(change.Faults);
        }

        http.Response.Headers.ETag = RequestPreconditions.Tag(change.Version);
        return Results.Ok(new MenuVersionBody(change.Version));
    }

    private static ApiProblem Invalid(IReadOnlyList<MenuFault> faults) =>
        new ApiProblem(422, "MENU_INVALID", $"The menu was not stored: {faults.Count} {(faults.Count == 1 ? "fault" : "faults")}.").With("errors", Bodies(faults));

    private static MenuFaultBody[] Bodies(IReadOnlyList<MenuFault> faults) => [.. faults.Select(fault => new MenuFaultBody(fault.Path, fault.Code, fault.Sentence))];

    private static (long Version, ApiProblem? Problem) ReadVersion(HttpContext http)
    {
        var (version, problem) = RequestPreconditions.IfMatchVersion(http.Request);
        problem ??= version is null
            ? new ApiProblem(428, "IF_MATCH_MISSING", "If-Match must name the menu version this one was made from, \"0\" for the first, so that nobody's change is lost.")
            : null;
        return (version ?? 0, problem);
    }

    private static IRestaurantGrain Own(HttpContext http, IGrainFactory grains) => grains.GetGrain<IRestaurantGrain>(http.Caller().Restaurant.Value);
}
