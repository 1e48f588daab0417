using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using VoiceOrdering.Orders;
using VoiceOrdering.Silo.Audit;
using VoiceOrdering.Silo.Identity;
using VoiceOrdering.Silo.Outbox;
using VoiceOrdering.Silo.Storage.Sqlite;

namespace VoiceOrdering.Silo.Hosting;

/// <summary>Registers the database and everything that is kept in it.</summary>
internal static class SqliteServices
{
    public static IServiceCollection AddSqliteStores(this IServiceCollection services, SqliteSettings settings)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(_ => DatabaseOwnership.Take(settings));
        services.AddSingleton(provider =>
        {
            // Asked for here, so that it is taken before the file is opened and given back after it is closed.
            provider.GetRequiredService<DatabaseOwnership>();
            return SqliteDatabase.Open(settings, provider.GetRequiredService<TimeProvider>());
        });
        services.AddSingleton<IOrderStore, SqliteOrderStore>();
        services.AddSingleton<OutboxSignal>().AddSingleton<IOutboxBell>(provider => provider.GetRequiredService<OutboxSignal>());
        services.AddSingleton<IOutbox, SqliteOutbox>();
        services.AddSingleton<IDestinationStore, SqliteDestinationStore>();
        services.AddSingleton<IAuditLog, SqliteAuditLog>();
        services.AddSingleton<IUserStore, SqliteUserStore>();
        services.AddSingleton<ITokenStore, SqliteTokenStore>();
        services.AddDataProtection().SetApplicationName("VoiceOrdering");
        services.AddOptions<KeyManagementOptions>().Configure<SqliteDatabase>((options, database) => options.XmlRepository = new SqliteXmlRepository(database));
        return services;
    }
}
