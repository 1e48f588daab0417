using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using VoiceOrdering.Customers;
using VoiceOrdering.Orders;
using VoiceOrdering.Silo.Audit;
using VoiceOrdering.Silo.Identity;
using VoiceOrdering.Silo.Outbox;
using VoiceOrdering.Silo.Storage.Audit;
using VoiceOrdering.Silo.Storage.Customers;
using VoiceOrdering.Silo.Storage.Identity;
using VoiceOrdering.Silo.Storage.Orders;
using VoiceOrdering.Silo.Storage.Postgres;
using VoiceOrdering.Silo.Storage.Relational;
using VoiceOrdering.Silo.Storage.Sqlite;
using VoiceOrdering.Silo.Storage.Vouchers;
using VoiceOrdering.Vouchers;

namespace VoiceOrdering.Silo.Hosting;

/// <summary>Registers the database and everything that is kept in it.</summary>
internal static class StorageServices
{
    public static IServiceCollection AddStores(this IServiceCollection services, StorageSettings settings)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddDatabase(settings);
        services.AddSingleton<IOrderStore, OrderStore>();
        services.AddSingleton<IVoucherStore, VoucherStore>();
        services.AddSingleton<ICustomerStore, CustomerStore>();
        services.AddSingleton<OutboxSignal>().AddSingleton<IOutboxBell>(provider => provider.GetRequiredService<OutboxSignal>());
        services.AddSingleton<IOutbox, OutboxStore>();
        services.AddSingleton<IDestinationStore, DestinationStore>();
        services.AddSingleton<IAuditLog, AuditLog>();
        services.AddSingleton<IUserStore, UserStore>();
        services.AddSingleton<ITokenStore, TokenStore>();
        services.AddDataProtection().SetApplicationName("VoiceOrdering");
        services.AddOptions<KeyManagementOptions>().Configure<RelationalDatabase>((options, database) => options.XmlRepository = new KeyRingRepository(database));
        return services;
    }

    private static void AddDatabase(this IServiceCollection services, StorageSettings settings)
    {
        switch (settings)
        {
            case SqliteSettings file:
                services.AddSingleton(_ => DatabaseOwnership.Take(file));
                services.AddSingleton<RelationalDatabase>(provider =>
                {
                    // Asked for here, so that it is taken before the file is opened and given back after it is closed.
                    provider.GetRequiredService<DatabaseOwnership>();
                    return SqliteDatabase.Open(file, provider.GetRequiredService<TimeProvider>());
                });
                break;
            case PostgresSettings server:
                services.AddSingleton<RelationalDatabase>(provider => PostgresDatabase.Open(server, provider.GetRequiredService<TimeProvider>()));
                break;
            default:
                throw new ArgumentException($"There is no database for {settings.GetType().Name}.", nameof(settings));
        }
    }
}
