using VoiceOrdering.Api.Hosting;
using VoiceOrdering.Api.Problems;
using VoiceOrdering.Identity;
using VoiceOrdering.Silo.Identity;

namespace VoiceOrdering.Api.Identity;

/// <summary>Users of the caller's restaurant, and one's own password.</summary>
internal static class UsersApi
{
    public static void MapUsers(this RouteGroupBuilder api)
    {
        var users = api.MapGroup("/users").WithTags("Identity");
        users.MapGet("", ListAsync).RequireScope(Scopes.UsersWrite).WithSummary("Users of the restaurant").Produces<IReadOnlyList<UserBody>>().Problem(401, 403);
        users.MapPost("", AddAsync).RequireScope(Scopes.UsersWrite).WithSummary("Add a user").Produces<UserBody>(201).Problem(400, 401, 403, 409, 415, 422);
        users.MapPatch("/{username}", ChangeAsync).RequireScope(Scopes.UsersWrite).WithSummary("Change role or password, disable or enable; ends the user's log-ins").Produces<UserBody>().Problem(400, 401, 403, 404, 409, 415, 422);
        api.MapPost("/auth/password", ChangeOwnAsync).WithTags("Identity").WithSummary("Change one's own password; ends all other log-ins").Produces(204).Problem(400, 401, 403, 415, 422, 429, 503);
    }

    private static async Task<IResult> ListAsync(HttpContext http, IUserStore users)
    {
        var found = await users.ListAsync(http.Caller().Restaurant, http.RequestAborted);
        return Results.Ok(found.Select(UserBody.From).ToArray());
    }

    private static async Task<IResult> AddAsync(UserRequest request, HttpContext http, UserDesk desk)
    {
        var restaurant = http.Caller().Restaurant;
        var (user, problem) = desk.New(request, restaurant);
        if (user is null)
        {
            return problem!;
        }

        var written = await desk.Users.AddAsync(user, desk.Limits.UsersPerRestaurant, http.RequestAborted);
        if (written != UserWrite.Done)
        {
            return UserDesk.ProblemOf(written, desk.Limits);
        }

        await desk.Trail.AddAsync(http, "user.created", user.Subject, $"role {user.Role}");
        return Results.Created($"/api/v1/users/{Uri.EscapeDataString(user.Username)}", UserBody.From(user));
    }

    private static async Task<IResult> ChangeAsync(string username, UserRequest request, HttpContext http, UserDesk desk)
    {
        var restaurant = http.Caller().Restaurant;
        if (await desk.Users.FindByNameAsync(username, http.RequestAborted) is not { } user || user.Restaurant != restaurant)
        {
            return UserDesk.Unknown();
        }

        var (changed, what, problem) = UserDesk.Change(user, request);
        if (changed is null)
        {
            return problem!;
        }

        var written = await desk.Users.ReplaceAsync(changed, Roles.Owner, http.RequestAborted);
        if (written != UserWrite.Done)
        {
            return UserDesk.ProblemOf(written, desk.Limits);
        }

        await desk.Revocations.RevokeSubjectAsync(user.Subject, CancellationToken.None);
        await desk.Trail.AddAsync(http, "user.changed", user.Subject, what);
        return Results.Ok(UserBody.From(changed));
    }

    private static async Task<IResult> ChangeOwnAsync(PasswordRequest request, HttpContext http, UserDesk desk, Credentials credentials, LogInThrottle throttle)
    {
        if (request is not { Current: { Length: > 0 } current, Next: { } next } || await desk.Users.FindBySubjectAsync(http.Caller().Subject, http.RequestAborted) is not { } user)
        {
            return new ApiProblem(400, "BODY_INVALID", "Give the current and the next password of a user; an API key has none.").With("path", "$");
        }

        var address = http.Connection.RemoteIpAddress?.ToString() ?? "unknown";
        if (throttle.TryBegin(user.Username, address) is { } wait)
        {
            return new ApiProblem(429, "LOGIN_THROTTLED", "Too many wrong passwords; wait before the next one.") { RetryAfter = wait };
        }

        if (await credentials.FindByPasswordAsync(user.Username, current, http.RequestAborted) is null)
        {
            return new ApiProblem(403, "CREDENTIALS_INVALID", "The current password is not right.");
        }

        throttle.Succeeded(user.Username, address);
        if (PasswordRules.Judge(next, user.Username) is { } fault)
        {
            return new ApiProblem(422, "PASSWORD_WEAK", fault).With("path", "$.next");
        }

        await desk.Users.UpsertAsync(user with { PasswordHash = Credentials.HashPassword("user", next) }, http.RequestAborted);
        await desk.Revocations.RevokeSubjectAsync(user.Subject, CancellationToken.None);
        await desk.Trail.AddAsync(http, "user.password", user.Subject);
        return Results.NoContent();
    }
}
