using VoiceOrdering.Api.Identity;
using VoiceOrdering.Api.Problems;
using VoiceOrdering.Carts;

namespace VoiceOrdering.Api.Carts;

/// <summary>A voucher's code as the customer typed it.</summary>
internal sealed record CartVoucherRequest : TenantScopedRequest
{
    public string? Code { get; init; }
}

/// <summary>The voucher of a cart.</summary>
internal static class CartVoucherApi
{
    public static void MapCartVoucher(this RouteGroupBuilder api)
    {
        var cart = api.MapGroup("/sessions/{sessionId}/cart").WithTags("Carts");
        cart.MapPut("/voucher", ApplyAsync).WithSummary("Take a voucher on; it is redeemed with the order").Produces<CartBody>().Problem(400, 401, 403, 404, 409, 412, 415, 422, 429);
        cart.MapDelete("/voucher", RemoveAsync).WithSummary("Take the voucher off").Produces<CartBody>().Problem(400, 401, 403, 404, 409, 412, 422);
    }

    private static async Task<IResult> ApplyAsync(string sessionId, CartVoucherRequest request, HttpContext http, IGrainFactory grains)
    {
        var (change, problem) = CartsApi.ReadChange(http.Request);
        problem ??= string.IsNullOrEmpty(request.Code) ? CartsApi.Invalid("$.code", "The code is missing.") : null;
        return problem ?? CartsApi.Answer(await grains.GetGrain<ICartGrain>(sessionId).ApplyVoucherAsync(http.Caller(), change, request.Code!), http, StatusCodes.Status200OK);
    }

    private static async Task<IResult> RemoveAsync(string sessionId, HttpContext http, IGrainFactory grains)
    {
        var (change, problem) = CartsApi.ReadChange(http.Request);
        return problem ?? CartsApi.Answer(await grains.GetGrain<ICartGrain>(sessionId).RemoveVoucherAsync(http.Caller(), change), http, StatusCodes.Status200OK);
    }
}
