using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using VoiceOrdering.Api.Calls;
using VoiceOrdering.Api.Carts;
using VoiceOrdering.Api.Customers;
using VoiceOrdering.Api.Events;
using VoiceOrdering.Api.Flags;
using VoiceOrdering.Api.Health;
using VoiceOrdering.Api.Identity;
using VoiceOrdering.Api.Menus;
using VoiceOrdering.Api.Observability;
using VoiceOrdering.Api.Orders;
using VoiceOrdering.Api.Outbox;
using VoiceOrdering.Api.Problems;
using VoiceOrdering.Api.Restaurants;
using VoiceOrdering.Api.Sessions;
using VoiceOrdering.Api.Vouchers;
using VoiceOrdering.Realtime.OpenAi;
using VoiceOrdering.Silo.Hosting;
using VoiceOrdering.Silo.Observability.Logging;
using VoiceOrdering.Silo.Storage.Sqlite;

namespace VoiceOrdering.Api.Hosting;

/// <summary>Puts the API silo together.</summary>
internal static class ApiApplication
{
    /// <summary>A host that is ready to start.</summary>
    /// <param name="settings">What the process was started with.</param>
    /// <param name="configure">Changes configuration before it is read; for tests.</param>
    /// <param name="adjust">Changes services before the host is built; for tests.</param>
    /// <exception cref="SettingException">A setting is wrong.</exception>
    public static async Task<WebApplication> BuildAsync(
        ApiSettings settings, Action<IConfigurationBuilder>? configure = null, Action<IServiceCollection>? adjust = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            EnvironmentName = settings.Environment,
            ContentRootPath = AppContext.BaseDirectory,
            WebRootPath = Path.Combine(AppContext.BaseDirectory, "wwwroot"),
        });
        configure?.Invoke(builder.Configuration);
        var limits = ApiLimits.Read(builder.Configuration.GetSection("VoiceOrdering:Limits"));
        builder.AddVoiceOrderingLogging(new LogSettings());
        await AddModelAsync(builder, settings);
        try
        {
            AddSilo(builder, settings);
            // After the silo: services stop in reverse order, and calls must end while grains still answer.
            builder.Services.AddCalls(builder.Configuration, settings.UdpPort);
        }
        catch (ArgumentException outOfRange)
        {
            throw new SettingException(outOfRange.Message);
        }

        AddHttp(builder, settings, limits);
        adjust?.Invoke(builder.Services);
        var app = builder.Build();
        Map(app, app.Services.GetRequiredService<ApiLimits>());
        return app;
    }

    private static async Task AddModelAsync(WebApplicationBuilder builder, ApiSettings settings)
    {
        if (settings.Simulator)
        {
            var simulated = await SimulatedModel.StartAsync(builder.Configuration, settings.DataDirectory);
            builder.Services.AddSingleton(_ => simulated).AddHostedService(services => services.GetRequiredService<SimulatedModel>());
        }
        else if (builder.Configuration["OPENAI_API_KEY"] is { Length: > 0 } key)
        {
            builder.Configuration["Realtime:ApiKey"] = key;
        }

        builder.Services.AddOpenAiRealtime(builder.Configuration);
    }

    private static void AddSilo(WebApplicationBuilder builder, ApiSettings settings)
    {
        builder.AddVoiceOrderingSilo(new SiloSettings
        {
            Storage = settings.Database ?? new SqliteSettings { Path = ApiSettings.FileIn(settings.DataDirectory) },
            Outbox = OutboxConfiguration.Read(builder.Configuration, settings),
            Seed = (services, cancellationToken) => services.GetRequiredService<DevelopmentSeed>().RunAsync(cancellationToken),
        });
    }

    private static void AddHttp(WebApplicationBuilder builder, ApiSettings settings, ApiLimits limits)
    {
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(settings).AddSingleton(limits);
        services.AddSingleton<ApiMetrics>().AddSingleton<Credentials>().AddSingleton<AccessTokens>().AddSingleton<LogInThrottle>();
        services.AddSingleton<SessionOpening>().AddSingleton<SubmissionsInFlight>().AddSingleton<EventStreams>().AddSingleton<DevelopmentSeed>();
        services.AddSingleton<RevocationView>().AddHostedService(provider => provider.GetRequiredService<RevocationView>());
        services.AddSingleton<LogInDesk>().AddSingleton<LogInStores>().AddSingleton<FirstOperator>();
        services.AddSingleton<LogInSessions>().AddSingleton<AuditTrail>().AddSingleton<UserDesk>().AddSingleton<UserTools>();
        services.AddSingleton<DestinationParts>().AddSingleton<DestinationTools>();
        services.ConfigureHttpJsonOptions(options => ApiJson.Apply(options.SerializerOptions));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(Math.Max(1, limits.DrainSeconds)));
        services.AddAuthentication(BearerScheme.Name).AddBearerToken(BearerScheme.Name);
        services.AddAuthorization().AddSingleton<IAuthorizationMiddlewareResultHandler, AccessProblems>();
        services.AddApiRateLimits(limits);
        services.AddApiDocument();
        builder.WebHost.ConfigureKestrel(kestrel => Configure(kestrel, settings, limits));
    }

    private static void Configure(KestrelServerOptions kestrel, ApiSettings settings, ApiLimits limits)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = limits.BodyBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = limits.HeaderBytes;
        kestrel.Limits.MaxConcurrentConnections = limits.Connections;
        kestrel.Limits.MaxConcurrentUpgradedConnections = limits.Connections;
        if (settings.Bind is { } address)
        {
            kestrel.Listen(address, settings.Port);
        }
        else if (settings.Port == 0)
        {
            kestrel.Listen(IPAddress.Loopback, 0);
        }
        else
        {
            kestrel.ListenLocalhost(settings.Port);
        }
    }

    private static void Map(WebApplication app, ApiLimits limits)
    {
        app.UseMiddleware<RequestObservation>();
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<ProblemMiddleware>();
        app.UseStatusCodePages(FrameworkProblems.WriteAsync);
        app.UsePages();
        app.UseApiDocument();
        app.UseRouting();
        app.UseAuthentication();
        app.UseMiddleware<RevokedTokens>();
        app.UseRateLimiter();
        app.UseAuthorization();

        app.MapPages();
        app.MapHealth();
        app.MapOpenApi().AllowAnonymous();
        app.MapTokens();
        app.MapProviderHealth();
        app.MapFlags();
        app.MapOperatorDeliveries();
        app.MapRestaurants();
        app.MapMenuSchema();
        var realm = app.MapRealmApi();
        realm.MapUsers();
        realm.MapApiKeys();
        realm.MapAudit();
        var api = app.MapRestaurantApi();
        api.MapSessions();
        api.MapCarts();
        api.MapCartVoucher();
        api.MapCartCustomer();
        api.MapSubmissions();
        api.MapVouchers();
        api.MapCustomers();
        api.MapOrders();
        api.MapDestinations();
        api.MapDeliveries();
        api.MapMenus(limits);
        api.MapMenuShelf(limits);
        api.MapSettings();
        api.MapEvents();
        api.MapCalls();
    }
}
