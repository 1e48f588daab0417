using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Hosting;
using Orleans.Providers;
using Orleans.Runtime.Hosting;
using Orleans.Storage;

namespace VoiceOrdering.Silo.Storage.Sqlite;

/// <summary>Registers the SQLite providers with a silo. The <see cref="SqliteDatabase"/> comes from the services.</summary>
public static class SqliteSiloBuilderExtensions
{
    /// <summary>SQLite for states that name no storage.</summary>
    public static ISiloBuilder AddSqliteGrainStorageAsDefault(this ISiloBuilder builder, Action<SqliteGrainStorageOptions>? configure = null) =>
        builder.AddSqliteGrainStorage(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, configure);

    /// <summary>SQLite under a name; states of different names never meet.</summary>
    public static ISiloBuilder AddSqliteGrainStorage(this ISiloBuilder builder, string name, Action<SqliteGrainStorageOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<SqliteGrainStorageOptions>(name).Configure(options => configure?.Invoke(options));
        builder.Services.AddGrainStorage(name, (services, storage) => new SqliteGrainStorage(storage, services.GetRequiredService<SqliteDatabase>(),
            services.GetRequiredService<IOptionsMonitor<SqliteGrainStorageOptions>>().Get(storage).GrainStorageSerializer ?? services.GetRequiredService<IGrainStorageSerializer>()));
        return builder;
    }

    /// <summary>Reminders that survive the process.</summary>
    public static ISiloBuilder UseSqliteReminderService(this ISiloBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddReminders();
        builder.Services.AddSingleton<IReminderTable>(services => new SqliteReminderTable(services.GetRequiredService<SqliteDatabase>()));
        return builder;
    }
}
