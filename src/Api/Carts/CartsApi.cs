using VoiceOrdering.Api.Identity;
using VoiceOrdering.Api.Problems;
using VoiceOrdering.Carts;
using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Api.Carts;

/// <summary>Reading the cart and changing it by hand.</summary>
internal static class CartsApi
{
    private const int LongestOptionList = 64;
    private const int LongestMenuId = 128;

    public static void MapCarts(this RouteGroupBuilder api)
    {
        var cart = api.MapGroup("/sessions/{sessionId}/cart").WithTags("Carts");
        cart.MapGet("", ViewAsync).WithSummary("The cart").Produces<CartBody>().Problem(401, 403, 404);
        cart.MapPost("/lines", AddAsync).WithSummary("Add a line").Produces<CartBody>(201).Problem(400, 401, 403, 404, 409, 412, 415, 422);
        cart.MapPost("/confirmation", ConfirmAsync).WithSummary("Agree to prices that changed").Produces<CartBody>().Problem(400, 401, 403, 404, 409, 412, 422);
        cart.MapPatch("/lines/{lineId}", ChangeAsync).WithSummary("Change a line").Produces<CartBody>().Problem(400, 401, 403, 404, 409, 412, 415, 422);
        cart.MapDelete("/lines/{lineId}", RemoveAsync).WithSummary("Remove a line").Produces<CartBody>().Problem(400, 401, 403, 404, 409, 412, 422);
    }

    private static async Task<IResult> ViewAsync(string sessionId, HttpContext http, IGrainFactory grains) =>
        Answer(await grains.GetGrain<ICartGrain>(sessionId).ViewAsync(http.Caller()), http, StatusCodes.Status200OK);

    private static async Task<IResult> AddAsync(string sessionId, AddLineRequest request, HttpContext http, IGrainFactory grains)
    {
        var (change, problem) = ReadChange(http.Request);
        problem ??= string.IsNullOrEmpty(request.ItemId) ? Invalid("$.itemId", "The itemId is missing.") : null;
        problem ??= CheckList("$.options", request.Options) ?? CheckList("$.without", request.Without) ?? CheckIds("$", [request.ItemId, request.Size]);
        problem ??= CheckAmounts(request.Amounts) ?? CheckList("$.requests", request.Requests);
        if (problem is not null)
        {
            return problem;
        }

        var line = new LineRequest
        {
            ItemId = request.ItemId!,
            Size = request.Size,
            Options = request.Options,
            Without = request.Without,
            Quantity = request.Quantity,
            Amounts = AmountsOf(request.Amounts),
            Requests = request.Requests,
        };
        return Answer(await grains.GetGrain<ICartGrain>(sessionId).AddLineAsync(http.Caller(), change, line), http, StatusCodes.Status201Created);
    }

    private static async Task<IResult> ChangeAsync(string sessionId, string lineId, ChangeLineRequest request, HttpContext http, IGrainFactory grains)
    {
        var (change, problem) = ReadChange(http.Request);
        problem ??= CheckList("$.addOptions", request.AddOptions) ?? CheckList("$.removeOptions", request.RemoveOptions) ?? CheckIds("$.size", [request.Size]);
        problem ??= CheckAmounts(request.Amounts) ?? CheckList("$.requests", request.Requests ?? []);
        if (problem is not null)
        {
            return problem;
        }

        var patch = new LinePatch
        {
            Size = request.Size,
            AddOptions = request.AddOptions,
            RemoveOptions = request.RemoveOptions,
            Quantity = request.Quantity,
            Amounts = AmountsOf(request.Amounts),
            Requests = request.Requests,
        };
        return Answer(await grains.GetGrain<ICartGrain>(sessionId).ChangeLineAsync(http.Caller(), change, lineId, patch), http, StatusCodes.Status200OK);
    }

    private static async Task<IResult> RemoveAsync(string sessionId, string lineId, HttpContext http, IGrainFactory grains)
    {
        var (change, problem) = ReadChange(http.Request);
        return problem ?? Answer(await grains.GetGrain<ICartGrain>(sessionId).RemoveLineAsync(http.Caller(), change, lineId), http, StatusCodes.Status200OK);
    }

    private static async Task<IResult> ConfirmAsync(string sessionId, HttpContext http, IGrainFactory grains)
    {
        var (change, problem) = ReadChange(http.Request);
        return problem ?? Answer(await grains.GetGrain<ICartGrain>(sessionId).ConfirmPricesAsync(http.Caller(), change), http, StatusCodes.Status200OK);
    }

    internal static (CartChange Change, ApiProblem? Problem) ReadChange(HttpRequest request)
    {
        var (version, badVersion) = RequestPreconditions.IfMatchVersion(request);
        var (key, badKey) = RequestPreconditions.IdempotencyKey(request);
        return (new CartChange(key, version), badVersion ?? badKey);
    }

    internal static IResult Answer(Outcome<CartView> outcome, HttpContext http, int status)
    {
        if (!outcome.IsOk)
        {
            return outcome.Refusal.ToProblem();
        }

        http.Response.Headers.ETag = RequestPreconditions.Tag(outcome.Value.Version);
        return Results.Json(CartBody.From(outcome.Value), statusCode: status);
    }

    private static OptionAmount[] AmountsOf(IReadOnlyList<AmountBody> amounts) => [.. amounts.Select(amount => new OptionAmount(amount.OptionId!, amount.Amount!))];

    private static ApiProblem? CheckAmounts(IReadOnlyList<AmountBody?> amounts) => amounts.Any(amount => amount?.OptionId is null || amount.Amount is null)
        ? Invalid("$.amounts", "An amount has an optionId and an amount.")
        : CheckIds("$.amounts", [.. amounts.Select(amount => amount!.OptionId)]);

    // The JSON reader checks null for members, not for elements of lists.
    private static ApiProblem? CheckList(string path, IReadOnlyList<string?> ids) =>
        ids.Contains(null) ? Invalid(path, "An id must not be null.") : CheckIds(path, ids);

    private static ApiProblem? CheckIds(string path, IReadOnlyList<string?> ids) =>
        ids.Count > LongestOptionList ? Invalid(path, $"At most {LongestOptionList} ids are accepted here.")
        : ids.Any(id => id is { Length: 0 or > LongestMenuId }) ? Invalid(path, $"An id has 1 to {LongestMenuId} characters.")
        : null;

    internal static ApiProblem Invalid(string path, string sentence) => new ApiProblem(400, "BODY_INVALID", sentence).With("path", path);
}
