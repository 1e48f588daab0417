using Microsoft.Extensions.DependencyInjection;

namespace VoiceOrdering.Silo.Outbox;

/// <summary>Registers the outbox.</summary>
internal static class OutboxServices
{
    public static IServiceCollection AddOutbox(this IServiceCollection services, OutboxSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton<OutboxMetrics>().AddSingleton<OutboxHttp>().AddSingleton<OutboxSender.Surroundings>();
        services.AddSingleton<IDeliveryChannel, PosChannel>().AddSingleton<IDeliveryChannel, TelegramChannel>();
        services.AddSingleton<IDestinationProbe, DestinationProbe>();
        services.AddHostedService<OutboxSender>();
        return services;
    }
}
