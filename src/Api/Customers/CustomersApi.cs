using VoiceOrdering.Api.Identity;
using VoiceOrdering.Api.Problems;
using VoiceOrdering.Customers;
using VoiceOrdering.Identity;

namespace VoiceOrdering.Api.Customers;

/// <summary>Customers of the caller's restaurant. The grain checks the scope again; the rows and the audit are the store's.</summary>
internal static class CustomersApi
{
    public static void MapCustomers(this RouteGroupBuilder api)
    {
        var customers = api.MapGroup("/customers").WithTags("Customers");
        customers.MapPost("/look-up", LookUpAsync).RequireScope(Scopes.CustomersRead).WithSummary("The customer of a phone number, with last orders").Produces<CustomerCardBody>().Problem(400, 401, 403, 404, 415, 422);
        customers.MapGet("/{customerId}", ViewAsync).RequireScope(Scopes.CustomersRead).WithSummary("A customer with last orders").Produces<CustomerCardBody>().Problem(401, 403, 404);
        customers.MapPut("", StoreAsync).RequireScope(Scopes.CustomersWrite).WithSummary("Store the customer of a phone number").Produces<CustomerBody>().Problem(400, 401, 403, 412, 415, 422);
        customers.MapDelete("/{customerId}", ForgetAsync).RequireScope(Scopes.CustomersWrite).WithSummary("Forget a customer; orders stay without them").Produces(204).Problem(401, 403, 404);
    }

    private static async Task<IResult> LookUpAsync(PhoneRequest request, HttpContext http, IGrainFactory grains) =>
        PhoneMissing(request.Phone) ?? Answer(await Own(http, grains).LookUpAsync(http.Caller(), request.Phone!), http);

    private static async Task<IResult> ViewAsync(string customerId, HttpContext http, IGrainFactory grains) => Answer(await Own(http, grains).ViewAsync(http.Caller(), customerId), http);

    private static async Task<IResult> StoreAsync(StoreCustomerRequest request, HttpContext http, IGrainFactory grains)
    {
        var (version, problem) = RequestPreconditions.IfMatchVersion(http.Request);
        problem ??= PhoneMissing(request.Phone);
        // The JSON reader checks null for members, not for elements of lists.
        problem ??= request.Allergens.Any(allergen => allergen is null) ? new ApiProblem(400, "BODY_INVALID", "An allergen must not be null.").With("path", "$.allergens") : null;
        if (problem is not null)
        {
            return problem;
        }

        var stored = await Own(http, grains).StoreAsync(http.Caller(), new StoreCustomer(request.Phone!, version) { Name = request.Name ?? "", Allergens = request.Allergens });
        if (!stored.IsOk)
        {
            return stored.Refusal.ToProblem();
        }

        Mark(http, stored.Value.Version);
        return Results.Ok(CustomerBody.From(stored.Value));
    }

    private static async Task<IResult> ForgetAsync(string customerId, HttpContext http, IGrainFactory grains)
    {
        var forgotten = await Own(http, grains).ForgetAsync(http.Caller(), customerId);
        return forgotten.IsOk ? Results.NoContent() : forgotten.Refusal.ToProblem();
    }

    private static IResult Answer(Outcome<CustomerCard> card, HttpContext http)
    {
        if (!card.IsOk)
        {
            return card.Refusal.ToProblem();
        }

        Mark(http, card.Value.Customer.Version);
        return Results.Ok(CustomerCardBody.From(card.Value));
    }

    private static void Mark(HttpContext http, long version)
    {
        http.Response.Headers.ETag = RequestPreconditions.Tag(version);
        http.Response.Headers.CacheControl = "no-store";
    }

    private static ApiProblem? PhoneMissing(string? phone) => string.IsNullOrEmpty(phone) ? new ApiProblem(400, "BODY_INVALID", "The phone is missing.").With("path", "$.phone") : null;

    private static ICustomersGrain Own(HttpContext http, IGrainFactory grains) => grains.GetGrain<ICustomersGrain>(http.Caller().Restaurant.Value);
}
