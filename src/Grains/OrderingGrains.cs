using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using VoiceOrdering.Flags;
using VoiceOrdering.Grains.Carts;
using VoiceOrdering.Grains.Flags;
using VoiceOrdering.Grains.Identity;
using VoiceOrdering.Grains.Restaurants;
using VoiceOrdering.Grains.Sessions;
using VoiceOrdering.Grains.Sessions.Tools;
using VoiceOrdering.Grains.Telemetry;
using VoiceOrdering.Identity;

namespace VoiceOrdering.Grains;

/// <summary>What the domain's grains need from their host.</summary>
public static class OrderingGrains
{
    /// <summary>
    /// Registers limits, clock, id source, matching, tools and metrics; what the host registered before stays. The host adds an
    /// <see cref="VoiceOrdering.Orders.IOrderStore"/> with its <see cref="VoiceOrdering.Vouchers.IVoucherStore"/> and <see cref="VoiceOrdering.Customers.ICustomerStore"/>, a default grain storage and a reminder service.
    /// </summary>
    public static IServiceCollection AddOrderingGrains(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddMetrics();
        services.TryAddSingleton(new Limits());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IIdSource, RandomIdSource>();
        services.TryAddSingleton<OrderingMetrics>();
        services.TryAddSingleton<MenuIndexCache>();
        services.TryAddSingleton<ToolRegistry>();
        services.TryAddEnumerable(
        [
            ServiceDescriptor.Singleton<IOrderingTool, AddItemTool>(),
            ServiceDescriptor.Singleton<IOrderingTool, ApplyVoucherTool>(),
            ServiceDescriptor.Singleton<IOrderingTool, ChangeLineTool>(),
            ServiceDescriptor.Singleton<IOrderingTool, ConfirmPricesTool>(),
            ServiceDescriptor.Singleton<IOrderingTool, CreateVoucherTool>(),
            ServiceDescriptor.Singleton<IOrderingTool, EndCallTool>(),
            ServiceDescriptor.Singleton<IOrderingTool, LookUpCustomerTool>(),
            ServiceDescriptor.Singleton<IOrderingTool, OrderStatusTool>(),
            ServiceDescriptor.Singleton<IOrderingTool, OrderUsualTool>(),
            ServiceDescriptor.Singleton<IOrderingTool, ReadCartTool>(),
            ServiceDescriptor.Singleton<IOrderingTool, RemoveLineTool>(),
            ServiceDescriptor.Singleton<IOrderingTool, RemoveVoucherTool>(),
            ServiceDescriptor.Singleton<IOrderingTool, SearchMenuTool>(),
            ServiceDescriptor.Singleton<IOrderingTool, SubmitOrderTool>(),
            ServiceDescriptor.Singleton<IOrderingTool, VoidVoucherTool>(),
        ]);
        services.TryAddSingleton<IFlagDecisions, DefaultFlagDecisions>();
        services.TryAddSingleton<RestaurantSurroundings>();
        services.TryAddSingleton<CartRows>();
        services.TryAddSingleton<CartSurroundings>();
        services.TryAddSingleton<SessionSurroundings>();
        return services;
    }
}
