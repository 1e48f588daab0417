using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using VoiceOrdering.Api.Hosting;
using VoiceOrdering.Api.Identity;
using VoiceOrdering.Identity;
using VoiceOrdering.Restaurants;
using VoiceOrdering.Silo.Identity;

namespace VoiceOrdering.Api.Tests.Hosting;

/// <summary>
/// The whole API silo in this process: real Kestrel on a free loopback port, real engine, real database in a folder of its own. As a class fixture it starts with the
/// defaults; a test that needs more calls <see cref="StartAsync"/>.
/// </summary>
public sealed class ApiHost : IAsyncLifetime, IAsyncDisposable
{
    /// <summary>Password of every user.</summary>
    public const string Password = "correct horse battery";

    /// <summary>The restaurant tests add to the two demo ones.</summary>
    public const string ThirdRestaurant = "test-sushi";

    private static int s_count;
    private static int s_families;

    private readonly ApiHostOptions _options;
    private readonly bool _ownsData;
    private readonly ConcurrentDictionary<string, ApiClient> _clients = new(StringComparer.Ordinal);
    private WebApplication? _app;
    private HttpClient? _http;

    public ApiHost() : this(new ApiHostOptions())
    {
    }

    private ApiHost(ApiHostOptions options)
    {
        _options = options;
        _ownsData = options.DataDirectory is null;
        DataDirectory = options.DataDirectory ?? Path.Combine(Path.GetTempPath(), $"vo-api-{Environment.ProcessId}-{Interlocked.Increment(ref s_count)}");
    }

    /// <summary>Folder of the database.</summary>
    public string DataDirectory { get; }

    /// <summary>Where the host listens.</summary>
    public Uri Address { get; private set; } = new("http://localhost");

    /// <summary>The host's services.</summary>
    public IServiceProvider Services => _app!.Services;

    /// <summary>Sends requests without a token.</summary>
    public ApiClient Stranger => new(_http!, null);

    /// <summary>Starts a host.</summary>
    public static async Task<ApiHost> StartAsync(ApiHostOptions options)
    {
        var host = new ApiHost(options);
        await host.InitializeAsync();
        return host;
    }

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(DataDirectory);
        var settings = new ApiSettings
        {
            Port = 0,
            UdpPort = 0,
            DataDirectory = DataDirectory,
            Database = _options.Database,
            Simulator = _options.Simulator,
            Environment = _options.Environment,
            DevelopmentPassword = Password,
            OperatorPassword = _options.OperatorPassword,
        };
        _app = await ApiApplication.BuildAsync(settings, Configure, Adjust);
        try
        {
            await _app.StartAsync();
        }
        catch
        {
            await _app.DisposeAsync();
            throw;
        }

        Address = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        _http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 256, Expect100ContinueTimeout = TimeSpan.FromSeconds(60) }) { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
    }

    /// <summary>Stops as SIGTERM does and keeps the data.</summary>
    public async Task StopAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
            _app = null;
            _http!.Dispose();
        }
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await StopAsync();
        if (_ownsData)
        {
            Directory.Delete(DataDirectory, recursive: true);
        }
    }

    async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();

    /// <summary>A client that carries the user's token; one log-in per user and host.</summary>
    public async Task<ApiClient> LogInAsync(string username)
    {
        if (!_clients.TryGetValue(username, out var client))
        {
            var answer = await Stranger.PostAsync("/api/v1/auth/token", new { username, password = Password });
            answer.ShouldBe(200);
            client = _clients[username] = new ApiClient(_http!, answer.Json.GetProperty("accessToken").GetString());
        }

        return client;
    }

    /// <summary>A client that carries this access token.</summary>
    public ApiClient Bearing(string accessToken) => new(_http!, accessToken);

    /// <summary>A client with a token that was not asked for by name and password.</summary>
    public ApiClient With(string subject, string? restaurant, params string[] scopes) =>
        new(_http!, Services.GetRequiredService<AccessTokens>().Issue(new Principal(subject, restaurant is null ? null : new RestaurantId(restaurant), scopes), $"fam_{Interlocked.Increment(ref s_families)}").Token);

    /// <summary>Adds a user.</summary>
    public Task AddUserAsync(string username, string restaurant, params string[] scopes) => Services.GetRequiredService<IUserStore>().UpsertAsync(
        new StoredUser(username, Credentials.HashPassword(username, Password), $"test:{username}", new RestaurantId(restaurant), [.. scopes.Order(StringComparer.Ordinal)]), CancellationToken.None);

    /// <summary>Adds a restaurant with a small menu in another currency.</summary>
    public async Task AddThirdRestaurantAsync()
    {
        var grain = Services.GetRequiredService<IGrainFactory>().GetGrain<IRestaurantGrain>(ThirdRestaurant);
        await grain.SetProfileAsync(new RestaurantProfile(new RestaurantId(ThirdRestaurant), "Test Sushi", "en", "Europe/Berlin", "Welcome."));
        if (!(await grain.FindMenuAsync()).IsOk)
        {
            var change = await grain.PutMenuAsync(SushiMenu(), 0);
            change.Faults.ShouldBeEmpty();
            change.Refusal.ShouldBeNull();
        }
    }

    /// <summary>A small valid menu.</summary>
    public static Menu SushiMenu() => new("EUR", new TaxRule(true, new Dictionary<string, int> { ["standard"] = 1900 }),
    [
        new MenuCategory("rolls", "Rolls",
        [
            new MenuItem { Id = "salmon-roll", Name = "Salmon roll", PriceMinor = 650 },
            new MenuItem { Id = "tuna-roll", Name = "Tuna roll", PriceMinor = 700 },
        ]),
    ]);

    private void Configure(IConfigurationBuilder configuration) =>
        configuration.AddInMemoryCollection(_options.Limits.ToDictionary(limit => $"VoiceOrdering:Limits:{limit.Key}", limit => (string?)limit.Value.ToString()));

    private void Adjust(IServiceCollection services)
    {
        if (_options.Clock is not null)
        {
            services.Replace(ServiceDescriptor.Singleton(_options.Clock));
        }

        _options.Services?.Invoke(services);
    }
}
