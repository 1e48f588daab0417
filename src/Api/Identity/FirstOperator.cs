using VoiceOrdering.Api.Hosting;
using VoiceOrdering.Identity;
using VoiceOrdering.Silo.Audit;
using VoiceOrdering.Silo.Identity;

namespace VoiceOrdering.Api.Identity;

/// <summary>The operator a new installation begins with; everybody else is added by somebody who was there before.</summary>
internal sealed class FirstOperator(IUserStore users, IIdSource ids)
{
    /// <summary>Its name.</summary>
    public const string Username = "operator@platform";

    /// <summary>Adds it, unless there is an operator already or no password was given.</summary>
    /// <exception cref="SettingException">The password is not good enough.</exception>
    public async Task AddAsync(string? password, CancellationToken cancellationToken)
    {
        if (password is null || (await users.ListAsync(null, cancellationToken)).Count > 0)
        {
            return;
        }

        if (PasswordRules.Judge(password, Username) is { } fault)
        {
            throw new SettingException($"VO_OPERATOR_PASSWORD cannot be used: {fault}");
        }

        var user = new StoredUser(Username, Credentials.HashPassword("user", password), ids.NewId("usr_"), null, Roles.ScopesOf(Roles.Operator)!) { Role = Roles.Operator };
        await users.AddAsync(user, 1, new AuditEntry("", user.Subject, "user.created", user.Subject, "role=operator, at the first start"), cancellationToken);
    }
}
