using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Hosting;
using Orleans.Providers;
using Orleans.Runtime.Hosting;
using Orleans.Storage;
using VoiceOrdering.Silo.Storage.Relational;

namespace VoiceOrdering.Silo.Storage.Grains;

/// <summary>Registers the providers that keep grain state and reminders in the database with a silo. The <see cref="RelationalDatabase"/> comes from the services.</summary>
public static class DatabaseSiloBuilderExtensions
{
    /// <summary>The database for states that name no storage.</summary>
    public static ISiloBuilder AddDatabaseGrainStorageAsDefault(this ISiloBuilder builder, Action<DatabaseGrainStorageOptions>? configure = null) =>
        builder.AddDatabaseGrainStorage(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, configure);

    /// <summary>The database under a name; states of different names never meet.</summary>
    public static ISiloBuilder AddDatabaseGrainStorage(this ISiloBuilder builder, string name, Action<DatabaseGrainStorageOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<DatabaseGrainStorageOptions>(name).Configure(options => configure?.Invoke(options));
        builder.Services.AddGrainStorage(name, (services, storage) => new DatabaseGrainStorage(storage, services.GetRequiredService<RelationalDatabase>(),
            services.GetRequiredService<IOptionsMonitor<DatabaseGrainStorageOptions>>().Get(storage).GrainStorageSerializer ?? services.GetRequiredService<IGrainStorageSerializer>()));
        return builder;
    }

    /// <summary>Reminders that survive the process.</summary>
    public static ISiloBuilder UseDatabaseReminders(this ISiloBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddReminders();
        builder.Services.AddSingleton<IReminderTable>(services => new DatabaseReminderTable(services.GetRequiredService<RelationalDatabase>()));
        return builder;
    }
}
