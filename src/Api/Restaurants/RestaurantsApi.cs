using VoiceOrdering.Api.Identity;
using VoiceOrdering.Api.Menus;
using VoiceOrdering.Api.Problems;
using VoiceOrdering.Grains.Restaurants;
using VoiceOrdering.Identity;
using VoiceOrdering.Restaurants;
using VoiceOrdering.Silo.Audit;
using VoiceOrdering.Silo.Identity;

namespace VoiceOrdering.Api.Restaurants;

/// <summary>The restaurants of the platform, for operators.</summary>
internal static class RestaurantsApi
{
    public static void MapRestaurants(this IEndpointRouteBuilder routes)
    {
        var restaurants = routes.MapGroup("/api/v1/restaurants").WithTags("Restaurants");
        restaurants.MapGet("", ListAsync).RequirePlatformScope(Scopes.OpsRead).WithSummary("All restaurants").Produces<IReadOnlyList<string>>().Problem(401, 403);
        restaurants.MapPost("", OpenAsync).RequirePlatformScope(Scopes.OpsWrite).WithSummary("Open a restaurant with its first owner").Produces<UserBody>(201).Problem(400, 401, 403, 409, 415, 422);
    }

    private static async Task<IResult> ListAsync(IUserStore users, CancellationToken cancellationToken) =>
        Results.Ok((await users.ListRestaurantsAsync(cancellationToken)).Select(restaurant => restaurant.Value).ToArray());

    private static async Task<IResult> OpenAsync(RestaurantRequest request, HttpContext http, IGrainFactory grains, UserDesk desk, Limits limits)
    {
        if (request.RestaurantId is not { } id || !MenuValidation.IsSlug(id))
        {
            return new ApiProblem(422, "RESTAURANT_INVALID", "A restaurant's id is 1 to 64 lower-case letters, digits and dashes.").With("path", "$.restaurantId");
        }

        var profile = new RestaurantProfile(new RestaurantId(id), request.Name ?? "", request.Language ?? "en-US", request.TimeZone ?? "UTC", request.Greeting ?? $"Welcome to {request.Name}. What can I get for you?");
        var faults = SettingsRules.Validate(SettingsRules.WithoutNulls(SettingsRules.From(profile)), limits);
        if (faults.Count > 0)
        {
            return new ApiProblem(422, "RESTAURANT_INVALID", $"The restaurant was not opened: {faults[0].Sentence}").With("errors", faults.Select(fault => new MenuFaultBody(fault.Path, fault.Code, fault.Sentence)).ToArray());
        }

        var (owner, problem) = desk.New((request.Owner ?? new UserRequest()) with { Role = Roles.Owner }, profile.Id);
        if (owner is null)
        {
            return problem!;
        }

        // The list first: of two that open the same one, one is told so before anything else is made.
        if (!await desk.Users.AddRestaurantAsync(profile.Id, http.RequestAborted))
        {
            return new ApiProblem(409, "RESTAURANT_EXISTS", "There is a restaurant of this id.");
        }

        await grains.GetGrain<IRestaurantGrain>(id).SetProfileAsync(profile);
        await desk.Users.AddAsync(owner, desk.Limits.UsersPerRestaurant, AuditTrail.Entry(http, id, "user.created", owner.Subject, $"role {owner.Role}"), CancellationToken.None);
        await desk.Trail.AddAsync(http, new AuditEntry(id, http.User.FindSubject()!, "restaurant.opened", id, $"owner {owner.Subject}"));
        return Results.Created($"/api/v1/restaurants/{id}", UserBody.From(owner));
    }
}
