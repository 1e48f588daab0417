using VoiceOrdering.Api.Hosting;
using VoiceOrdering.Api.Problems;
using VoiceOrdering.Identity;
using VoiceOrdering.Silo.Identity;

namespace VoiceOrdering.Api.Identity;

/// <summary>What the endpoints of users share: the rules of names, roles and passwords, and what a change entails.</summary>
internal sealed record UserDesk(IUserStore Users, RevocationView Revocations, AuditTrail Trail, ApiLimits Limits, UserTools Tools)
{
    private const int LongestName = 64;

    /// <summary>A new user of a restaurant or of the platform, or what is wrong.</summary>
    public (StoredUser? User, ApiProblem? Problem) New(UserRequest request, RestaurantId? realm)
    {
        if (request.Name is not { Length: >= 1 and <= LongestName } name || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-'))
        {
            return (null, Invalid("USER_INVALID", "$.name", $"A name is 1 to {LongestName} lower-case letters, digits, dots and dashes."));
        }

        if (request.Role is null || !Roles.NamesIn(realm).Contains(request.Role))
        {
            return (null, RoleUnknown(realm));
        }

        var username = $"{name}@{realm?.Value ?? "platform"}";
        return PasswordRules.Judge(request.Password, username) is { } fault
            ? (null, Invalid("PASSWORD_WEAK", "$.password", fault))
            : (new StoredUser(username, Credentials.HashPassword("user", request.Password!), Tools.Ids.NewId("usr_"), realm, Roles.ScopesOf(request.Role!)!)
            {
                Role = request.Role!,
                CreatedAt = Tools.Time.GetUtcNow(),
            }, null);
    }

    /// <summary>What the request changes, also in words, or what is wrong.</summary>
    public static (UserChange? Change, string What, ApiProblem? Problem) Change(StoredUser user, UserRequest request)
    {
        if (request.Name is not null)
        {
            return (null, "", Invalid("USER_INVALID", "$.name", "The name of a user cannot be changed."));
        }

        if (request.Role is not null && !Roles.NamesIn(user.Restaurant).Contains(request.Role))
        {
            return (null, "", RoleUnknown(user.Restaurant));
        }

        if (request.Password is not null && PasswordRules.Judge(request.Password, user.Username) is { } fault)
        {
            return (null, "", Invalid("PASSWORD_WEAK", "$.password", fault));
        }

        var what = new List<string>();
        var change = new UserChange(user.Restaurant, user.Username, Roles.KeptIn(user.Restaurant));
        if (request.Role is { } role)
        {
            change = change with { Role = (role, Roles.ScopesOf(role)!) };
            what.Add($"role {role}");
        }

        if (request.Disabled is { } disabled)
        {
            change = change with { IsDisabled = disabled };
            what.Add(disabled ? "disabled" : "enabled");
        }

        if (request.Password is { } password)
        {
            change = change with { PasswordHash = Credentials.HashPassword("user", password) };
            what.Add("password");
        }

        return (change, string.Join(", ", what), null);
    }

    public static ApiProblem ProblemOf(UserWrite written, ApiLimits limits) => written switch
    {
        UserWrite.NameTaken => new ApiProblem(409, "USER_EXISTS", "There is a user of this name."),
        UserWrite.LastOne => new ApiProblem(409, "LAST_OWNER", "Somebody must be left who may manage users."),
        UserWrite.Full => new ApiProblem(409, "USERS_EXHAUSTED", $"A restaurant has at most {limits.UsersPerRestaurant} users."),
        _ => Unknown(),
    };

    public static ApiProblem Unknown() => new(404, "USER_UNKNOWN", "There is no such user.");

    private static ApiProblem RoleUnknown(RestaurantId? realm) => Invalid("ROLE_UNKNOWN", "$.role", $"The role is one of {string.Join(", ", Roles.NamesIn(realm))}.");

    private static ApiProblem Invalid(string code, string path, string sentence) => new ApiProblem(422, code, sentence).With("path", path);
}

/// <summary>Ids and clock.</summary>
internal sealed record UserTools(IIdSource Ids, TimeProvider Time);
