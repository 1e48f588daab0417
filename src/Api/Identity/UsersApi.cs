using VoiceOrdering.Api.Hosting;
using VoiceOrdering.Api.Problems;
using VoiceOrdering.Identity;
using VoiceOrdering.Silo.Identity;

namespace VoiceOrdering.Api.Identity;

/// <summary>Users of the caller's restaurant, or for operators of any and of the platform; and one's own password.</summary>
internal static class UsersApi
{
    public static void MapUsers(this RouteGroupBuilder api)
    {
        var users = api.MapGroup("/users").WithTags("Identity");
        users.MapGet("", ListAsync).RequireRealmScope(Scopes.UsersWrite, Scopes.OpsRead).WithSummary("Users of the restaurant").Produces<IReadOnlyList<UserBody>>().Problem(401, 403);
        users.MapPost("", AddAsync).RequireRealmScope(Scopes.UsersWrite, Scopes.OpsWrite).WithSummary("Add a user").Produces<UserBody>(201).Problem(400, 401, 403, 409, 415, 422);
        users.MapPatch("/{username}", ChangeAsync).RequireRealmScope(Scopes.UsersWrite, Scopes.OpsWrite).WithSummary("Change role or password, disable or enable; ends the user's log-ins").Produces<UserBody>().Problem(400, 401, 403, 404, 409, 415, 422);
        api.MapPost("/auth/password", ChangeOwnAsync).RequireToken().WithTags("Identity").WithSummary("Change one's own password; ends all other log-ins").Produces(204).Problem(400, 401, 403, 415, 422, 429, 503);
    }

    private static async Task<IResult> ListAsync(HttpContext http, IUserStore users)
    {
        var found = await users.ListAsync(RealmFilter.Realm(http), http.RequestAborted);
        return Results.Ok(found.Select(UserBody.From).ToArray());
    }

    private static async Task<IResult> AddAsync(UserRequest request, HttpContext http, UserDesk desk)
    {
        var realm = RealmFilter.Realm(http);
        var (user, problem) = desk.New(request, realm);
        if (user is null)
        {
            return problem!;
        }

        var written = await desk.Users.AddAsync(user, desk.Limits.UsersPerRestaurant, AuditTrail.Entry(http, realm?.Value ?? "", "user.created", user.Subject, $"role {user.Role}"), http.RequestAborted);
        return written == UserWrite.Done ? Results.Created($"/api/v1/users/{Uri.EscapeDataString(user.Username)}", UserBody.From(user)) : UserDesk.ProblemOf(written, desk.Limits);
    }

    private static async Task<IResult> ChangeAsync(string username, UserRequest request, HttpContext http, UserDesk desk)
    {
        var realm = RealmFilter.Realm(http);
        if (await desk.Users.FindByNameAsync(username, http.RequestAborted) is not { } user || user.Restaurant != realm)
        {
            return UserDesk.Unknown();
        }

        var (change, what, problem) = UserDesk.Change(user, request);
        if (change is null)
        {
            return problem!;
        }

        var written = await desk.Users.ChangeAsync(change, AuditTrail.Entry(http, realm?.Value ?? "", "user.changed", user.Subject, what), http.RequestAborted);
        await desk.Revocations.TryReloadAsync(CancellationToken.None);
        return written == UserWrite.Done && await desk.Users.FindByNameAsync(username, http.RequestAborted) is { } changed
            ? Results.Ok(UserBody.From(changed))
            : UserDesk.ProblemOf(written, desk.Limits);
    }

    private static async Task<IResult> ChangeOwnAsync(PasswordRequest request, HttpContext http, UserDesk desk, Credentials credentials, LogInThrottle throttle)
    {
        if (request is not { Current: { Length: > 0 } current, Next: { } next } || await desk.Users.FindBySubjectAsync(http.User.FindSubject()!, http.RequestAborted) is not { } user)
        {
            return new ApiProblem(400, "BODY_INVALID", "Give the current and the next password of a user; an API key has none.").With("path", "$");
        }

        var address = LogInThrottle.AddressOf(http);
        if (throttle.TryBegin(user.Username, address) is { } wait)
        {
            return LogInThrottle.Refused(wait);
        }

        PasswordCheck check;
        try
        {
            check = await credentials.CheckPasswordAsync(user.Username, current, http.RequestAborted);
        }
        catch (LogInsBusyException)
        {
            return new ApiProblem(503, "LOGINS_BUSY", "Too many log-ins at one time; try again in a moment.") { RetryAfter = TimeSpan.FromSeconds(2) };
        }

        if (check is not { Principal: not null, Named: { } named })
        {
            await desk.Trail.AddAsync(http, "login.refused", user.Subject, "change of the own password");
            return Wrong();
        }

        throttle.Succeeded(user.Username, address);
        if (PasswordRules.Judge(next, named.Username) is { } fault)
        {
            return new ApiProblem(422, "PASSWORD_WEAK", fault).With("path", "$.next");
        }

        // Only while the password that was checked still is the user's: one that was set meanwhile by somebody who manages users wins.
        var change = new UserChange(named.Restaurant, named.Username, Roles.KeptIn(named.Restaurant)) { PasswordHash = Credentials.HashPassword("user", next), CheckedHash = named.PasswordHash };
        var written = await desk.Users.ChangeAsync(change, AuditTrail.Entry(http, named.Restaurant?.Value ?? "", "user.password", named.Subject), http.RequestAborted);
        await desk.Revocations.TryReloadAsync(CancellationToken.None);
        return written == UserWrite.Done ? Results.NoContent() : Wrong();
    }

    private static ApiProblem Wrong() => new(403, "CREDENTIALS_INVALID", "The current password is not right.");
}
