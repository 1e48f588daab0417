using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using VoiceOrdering.Api.Hosting;
using VoiceOrdering.Api.Identity;
using VoiceOrdering.Identity;
using VoiceOrdering.Restaurants;
using VoiceOrdering.Silo.Identity;

namespace VoiceOrdering.Load.Orders;

/// <summary>The product itself, put together as always, with a chain of restaurants beside the two demo ones. The simulation kills it.</summary>
internal static class ChainProcess
{
    /// <summary>The word before the number of restaurants on the command line.</summary>
    public const string Word = "chain";

    private static readonly string[] TillScopes = [Scopes.MenuWrite, Scopes.OrdersCreate, Scopes.OrdersRead, Scopes.OrdersWrite, Scopes.SettingsWrite, Scopes.VouchersWrite];

    public static async Task<int> RunAsync(string[] arguments, int restaurants)
    {
        var settings = ApiCommandLine.Read(arguments, Environment.GetEnvironmentVariable, Console.Out)!;
        Directory.CreateDirectory(settings.DataDirectory);
        await using var app = await ApiApplication.BuildAsync(settings, configuration => configuration.AddInMemoryCollection(Settings));
        await app.StartAsync();
        await SeedAsync(app.Services, settings.DevelopmentPassword!, restaurants);
        await Console.Out.WriteLineAsync($"ready: {restaurants} restaurants");
        await Console.Out.FlushAsync();
        await app.WaitForShutdownAsync();
        return 0;
    }

    /// <summary>A receiver that stalls is given up sooner than in production, so that a minute is enough for what takes an hour.</summary>
    private static Dictionary<string, string?> Settings => new()
    {
        ["VoiceOrdering:Outbox:Timeout"] = "00:00:02",
        ["Logging:LogLevel:Default"] = "Error",
    };

    private static async Task SeedAsync(IServiceProvider services, string password, int restaurants)
    {
        var users = services.GetRequiredService<IUserStore>();
        string? hash = null;
        for (var restaurant = 0; restaurant < restaurants; restaurant++)
        {
            if (await users.FindByNameAsync(ChainMenu.User(restaurant), default) is not null)
            {
                continue;
            }

            var id = new RestaurantId(ChainMenu.Id(restaurant));
            await services.GetRequiredService<IGrainFactory>().GetGrain<IRestaurantGrain>(id.Value).SetProfileAsync(new RestaurantProfile(id, $"Load {restaurant}", "en", "Etc/UTC", "Welcome."));
            // Last, so that a process that was killed between the two does both again.
            await users.UpsertAsync(new StoredUser(ChainMenu.User(restaurant), hash ??= Credentials.HashPassword("user", password), $"load:{id.Value}", id, TillScopes), default);
        }
    }
}
