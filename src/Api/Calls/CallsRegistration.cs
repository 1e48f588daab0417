using System.Net;
using VoiceOrdering.Identity;
using VoiceOrdering.Media.WebRtc;
using VoiceOrdering.Realtime;
using VoiceOrdering.Silo.Hosting;

namespace VoiceOrdering.Api.Calls;

/// <summary>Puts live calls into the host.</summary>
internal static class CallsRegistration
{
    /// <summary>Section of <see cref="CallSettings"/>.</summary>
    public const string SettingsSection = "VoiceOrdering:Calls";

    /// <summary>Section of the media plane: <c>AdvertisedAddresses</c> for a machine behind NAT.</summary>
    public const string MediaSection = "VoiceOrdering:Media";

    /// <summary>
    /// Adds live calls. To be called after the silo was added: services stop in reverse order, and calls must end while grains still answer.
    /// </summary>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    public static IServiceCollection AddCalls(this IServiceCollection services, IConfiguration configuration, int udpPort)
    {
        CallSettings settings = configuration.GetSection(SettingsSection).Get<CallSettings>() ?? new CallSettings();
        settings.Validate();
        WebRtcServerOptions media = ReadMedia(configuration.GetSection(MediaSection), settings, udpPort);
        services.AddSingleton(settings).AddSingleton<CallMetrics>().AddSingleton<ProviderHealth>().AddSingleton<SessionLocks>();
        services.AddSingleton<LiveCalls>().AddSingleton<CallStarter>().AddSingleton<TypedTurns>().AddSingleton<WebRtcCalls>();
        services.AddSingleton(provider => new CallSurroundings(
            provider.GetRequiredService<IGrainFactory>(),
            provider.GetRequiredService<IRealtimeProvider>(),
            settings,
            provider.GetRequiredService<CallMetrics>(),
            provider.GetRequiredService<ProviderHealth>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IIdSource>(),
            provider.GetRequiredService<Limits>(),
            provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton(provider => new WebRtcServer(
            media, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<WebRtcServer>>()));
        services.AddHostedService<CallsService>();
        services.AddHealthChecks().AddCheck<MediaHealthCheck>("media", tags: [SiloHosting.ReadyTag]);
        return services;
    }

    /// <summary>Endpoints of calls that need a token: offers and typed turns.</summary>
    public static void MapCalls(this IEndpointRouteBuilder api)
    {
        api.MapWebRtc();
        api.MapMessages();
    }

    /// <summary><c>GET /api/v1/provider-health</c>, open to everybody and always 200.</summary>
    public static void MapProviderHealth(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/provider-health", (ProviderHealth health) => health.View())
            .AllowAnonymous().WithTags("Operation").WithSummary("State of the model's provider").Produces<ProviderHealthView>();

    private static WebRtcServerOptions ReadMedia(IConfigurationSection section, CallSettings settings, int udpPort)
    {
        string[] addresses = section.GetSection(nameof(WebRtcServerOptions.AdvertisedAddresses)).Get<string[]>() ?? [];
        return new WebRtcServerOptions
        {
            PortFirst = udpPort,
            PortLast = udpPort,
            MaxSessions = settings.MaxCalls,
            MaxOfferChars = Math.Max(1_000, settings.MaxOfferBytes),
            AdvertisedAddresses = [.. addresses.Select(Parse)],
        };
    }

    private static IPAddress Parse(string text) => IPAddress.TryParse(text, out IPAddress? address)
        ? address
        : throw new ArgumentException($"Setting {MediaSection}:{nameof(WebRtcServerOptions.AdvertisedAddresses)} has '{text}', which is no IP address.");
}
