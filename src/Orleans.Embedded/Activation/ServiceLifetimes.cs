using System.Collections.Frozen;
using Microsoft.Extensions.DependencyInjection;

namespace OrleansEmbedded.Activation;

/// <summary>Knows which services are singletons, so that activations that only need those get no scope of their own.</summary>
internal sealed class ServiceLifetimes(IServiceCollection services)
{
    private readonly Lazy<FrozenSet<Type>> _notSingleton = new(() => services
        .Where(descriptor => !descriptor.IsKeyedService && descriptor.Lifetime != ServiceLifetime.Singleton)
        .Select(descriptor => descriptor.ServiceType).ToFrozenSet());

    private readonly Lazy<FrozenSet<Type>> _known = new(() => services
        .Where(descriptor => !descriptor.IsKeyedService)
        .Select(descriptor => descriptor.ServiceType).ToFrozenSet());

    public bool IsSingleton(Type type) => Contains(_known.Value, type) && !Contains(_notSingleton.Value, type);

    private static bool Contains(FrozenSet<Type> set, Type type)
        => set.Contains(type) || (type.IsGenericType && set.Contains(type.GetGenericTypeDefinition()));
}
