using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansEmbedded.Reminders;

namespace Orleans.Hosting;

/// <summary>Adds the reminder service.</summary>
public static class SiloBuilderReminderExtensions
{
    /// <summary>Adds the service; the application registers an <see cref="IReminderTable"/>.</summary>
    public static ISiloBuilder AddReminders(this ISiloBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddReminders();
        return builder;
    }

    /// <summary>Adds the service; the application registers an <see cref="IReminderTable"/>.</summary>
    public static void AddReminders(this IServiceCollection services) => ReminderServices.Add(services);
}

/// <summary>Adds reminders in memory.</summary>
public static class SiloBuilderReminderMemoryExtensions
{
    /// <summary>Adds the service with a table in memory, gone when the process ends.</summary>
    public static ISiloBuilder UseInMemoryReminderService(this ISiloBuilder builder)
    {
        builder.AddReminders();
        builder.Services.TryAddSingleton<IReminderTable, MemoryReminderTable>();
        return builder;
    }
}
