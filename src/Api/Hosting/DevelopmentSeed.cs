using VoiceOrdering.Api.Identity;
using VoiceOrdering.Grains.Restaurants;
using VoiceOrdering.Identity;
using VoiceOrdering.Restaurants;
using VoiceOrdering.Silo.Identity;

namespace VoiceOrdering.Api.Hosting;

/// <summary>
/// Demo restaurants and development users. Outside Development nothing is seeded, and a database that holds development users is refused: their one password is
/// known to whoever ran it.
/// </summary>
internal sealed class DevelopmentSeed(ApiSettings settings, IGrainFactory grains, IUserStore users, FirstOperator first, IIdSource ids)
{
    private const string SubjectPrefix = "dev:";

    /// <summary>The users, once seeded.</summary>
    public IReadOnlyList<StoredUser> Users { get; private set; } = [];

    /// <summary>Their password, once seeded.</summary>
    public string Password { get; private set; } = string.Empty;

    /// <summary>Seeds, or checks that nothing is left over.</summary>
    /// <exception cref="SettingException">The database is one of Development and this is not Development.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var known = DemoUsers(passwordHash: string.Empty);
        if (!settings.IsDevelopment)
        {
            foreach (var user in known)
            {
                if (await users.FindByNameAsync(user.Username, cancellationToken) is { } left && left.Subject.StartsWith(SubjectPrefix, StringComparison.Ordinal))
                {
                    throw new SettingException($"the database in {settings.DataDirectory} holds development users; start {settings.Environment} with another --data");
                }
            }

            await first.AddAsync(settings.OperatorPassword, cancellationToken);
            return;
        }

        foreach (var demo in DemoRestaurants.All)
        {
            var restaurant = grains.GetGrain<IRestaurantGrain>(demo.Profile.Id.Value);
            // What somebody set since the first start stays.
            if (await restaurant.FindSettingsAsync() is { IsOk: false } or { Value.Version: 0 }) await restaurant.SetProfileAsync(demo.Profile);
            await users.AddRestaurantAsync(demo.Profile.Id, cancellationToken);
            if (!(await restaurant.FindMenuAsync()).IsOk)
            {
                await restaurant.PutMenuAsync(demo.Menu, 0);
            }
        }

        Password = settings.DevelopmentPassword ?? ids.NewSecret()[..16];
        Users = DemoUsers(Credentials.HashPassword("user", Password));
        foreach (var user in Users)
        {
            await users.UpsertAsync(user, cancellationToken);
        }
    }

    private static List<StoredUser> DemoUsers(string passwordHash)
    {
        var list = new List<StoredUser>();
        foreach (var restaurant in DemoRestaurants.All.Select(demo => demo.Profile.Id))
        {
            list.Add(User("owner", restaurant, Roles.Owner));
            list.Add(User("staff", restaurant, "staff"));
            list.Add(User("server", restaurant, "kitchen"));
        }

        list.Add(new StoredUser("ops@platform", passwordHash, SubjectPrefix + "ops@platform", null, Roles.ScopesOf(Roles.Operator)!) { Role = Roles.Operator });
        return list;

        StoredUser User(string name, RestaurantId restaurant, string role) =>
            new($"{name}@{restaurant.Value}", passwordHash, $"{SubjectPrefix}{name}@{restaurant.Value}", restaurant, Roles.ScopesOf(role)!) { Role = role };
    }
}
