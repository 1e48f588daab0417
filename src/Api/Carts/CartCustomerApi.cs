using VoiceOrdering.Api.Identity;
using VoiceOrdering.Api.Problems;
using VoiceOrdering.Carts;
using VoiceOrdering.Flags;
using VoiceOrdering.Sessions;

namespace VoiceOrdering.Api.Carts;

/// <summary>The customer's phone number.</summary>
internal sealed record CartCustomerRequest : TenantScopedRequest
{
    public string? Phone { get; init; }
}

/// <summary>The customer of a cart.</summary>
internal static class CartCustomerApi
{
    public static void MapCartCustomer(this RouteGroupBuilder api)
    {
        var cart = api.MapGroup("/sessions/{sessionId}/cart").WithTags("Carts");
        cart.MapPut("/customer", IdentifyAsync).WithSummary("Bind the cart to the customer of a phone number").Produces<CartBody>().Problem(400, 401, 403, 404, 409, 412, 415, 422, 429);
    }

    private static async Task<IResult> IdentifyAsync(string sessionId, CartCustomerRequest request, HttpContext http, IGrainFactory grains, IFlagDecisions flags)
    {
        var (change, problem) = CartsApi.ReadChange(http.Request);
        problem ??= string.IsNullOrEmpty(request.Phone) ? CartsApi.Invalid("$.phone", "The phone is missing.") : null;
        if (problem is not null)
        {
            return problem;
        }

        var session = await grains.GetGrain<ISessionGrain>(sessionId).ViewAsync(http.Caller());
        if (!session.IsOk)
        {
            return session.Refusal.ToProblem();
        }

        var unknown = await IsOnAsync(session.Value, FlagNames.NewCustomerIdFlow, flags) ? UnknownCustomer.Create : UnknownCustomer.Refuse;
        var bound = await grains.GetGrain<ICartGrain>(sessionId).IdentifyAsync(http.Caller(), change, new IdentifyCustomer(request.Phone!, unknown));
        return CartsApi.Answer(bound, http, StatusCodes.Status200OK);
    }

    // As for the assistant's tools: what is switched off for everybody ends in running sessions too.
    private static async Task<bool> IsOnAsync(SessionView session, string flag, IFlagDecisions flags) =>
        session.Flags.Contains(flag) && (session.FlagsByHand.Contains(flag) || !await flags.IsOffForAllAsync(flag));
}
