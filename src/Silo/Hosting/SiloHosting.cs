using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;
using VoiceOrdering.Grains;
using VoiceOrdering.Orders;
using VoiceOrdering.Silo.Flags;
using VoiceOrdering.Silo.Observability;
using VoiceOrdering.Silo.Observability.Metrics;
using VoiceOrdering.Silo.Outbox;
using VoiceOrdering.Silo.Storage.Grains;

namespace VoiceOrdering.Silo.Hosting;

/// <summary>Makes a host a silo of the product.</summary>
public static class SiloHosting
{
    /// <summary>Tag of the health checks that decide readiness.</summary>
    public const string ReadyTag = "ready";

    /// <summary>Under this key a health check tells the code of what is wrong.</summary>
    public const string CodeKey = "code";

    /// <summary>Adds grains, storage, reminders, streams, correlation, metrics and health checks (tagged <see cref="ReadyTag"/>).</summary>
    /// <exception cref="ArgumentException">A setting is out of range; the sentence says which.</exception>
    public static IHostApplicationBuilder AddVoiceOrderingSilo(this IHostApplicationBuilder builder, SiloSettings settings)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Faults().FirstOrDefault() is { } fault)
        {
            throw new ArgumentException(fault, nameof(settings));
        }
        builder.Services.AddStores(settings.Storage);
        builder.Services.AddFlags();
        builder.Services.AddOutbox(settings.Outbox);
        builder.Services.AddOrderingGrains();
        builder.Services.AddSingleton(_ => new PrometheusText(settings.Metrics));
        builder.Services.AddHostedService<SiloStartService>();
        builder.Services.AddHealthChecks()
            .AddCheck<StorageHealthCheck>("storage", tags: [ReadyTag])
            .AddCheck<EngineHealthCheck>("engine", tags: [ReadyTag]);
        builder.UseOrleans(silo => Configure(silo, settings));
        return builder;
    }

    private static void Configure(ISiloBuilder silo, SiloSettings settings)
    {
        silo.UseLocalhostClustering(settings.SiloPort, settings.GatewayPort, null, settings.ServiceId, settings.ClusterId);
        silo.AddDatabaseGrainStorageAsDefault();
        silo.UseDatabaseReminders();
        silo.AddMemoryGrainStorage("PubSubStore");
        silo.AddMemoryStreams(settings.StreamProvider);
        silo.AddIncomingGrainCallFilter<CorrelationCallFilter>();
        silo.AddOutgoingGrainCallFilter<CorrelationCallFilter>();
        silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = settings.ResponseTimeout);
        silo.Configure<GrainCollectionOptions>(options => options.CollectionAge = settings.CollectionAge);
        silo.AddStartupTask(static (services, _) => services.GetRequiredService<IGrainFactory>().GetGrain<ISubmissionRetentionGrain>(ISubmissionRetentionGrain.Key).EnsureAsync());
        if (settings.Seed is { } seed)
        {
            silo.AddStartupTask(seed);
        }
    }
}
