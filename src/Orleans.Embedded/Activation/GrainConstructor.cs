using System.Linq.Expressions;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace OrleansEmbedded.Activation;

/// <summary>Compiles the constructor of a grain class, with states and services as arguments.</summary>
internal static class GrainConstructor
{
    public static Func<GrainActivation, object> Compile(Type type, IServiceProvider services)
    {
        var constructor = Choose(type);
        var activation = Expression.Parameter(typeof(GrainActivation), "activation");
        var lifetimes = services.GetService<ServiceLifetimes>();
        var arguments = constructor.GetParameters().Select(parameter => Expression.Convert(
            Expression.Invoke(Expression.Constant(Source(parameter, services, lifetimes)), activation),
            parameter.ParameterType));
        var create = Expression.Convert(Expression.New(constructor, arguments), typeof(object));
        return Expression.Lambda<Func<GrainActivation, object>>(create, activation).Compile();
    }

    private static ConstructorInfo Choose(Type type)
    {
        var constructors = type.GetConstructors(BindingFlags.Instance | BindingFlags.Public);
        return constructors.FirstOrDefault(candidate => candidate.IsDefined(typeof(ActivatorUtilitiesConstructorAttribute)))
            ?? constructors.MaxBy(candidate => candidate.GetParameters().Length)
            ?? throw new InvalidOperationException($"{type} has no public constructor.");
    }

    private static Func<GrainActivation, object?> Source(ParameterInfo parameter, IServiceProvider services, ServiceLifetimes? lifetimes)
    {
        var type = parameter.ParameterType;
        if (parameter.GetCustomAttributes().OfType<IPersistentStateConfiguration>().FirstOrDefault() is { } state)
        {
            return StateSource(type, state);
        }

        if (type == typeof(IGrainContext))
        {
            return static activation => activation;
        }

        if (parameter.GetCustomAttribute<FromKeyedServicesAttribute>() is { } keyed)
        {
            return activation => activation.ActivationServices.GetRequiredKeyedService(type, keyed.Key);
        }

        if (lifetimes?.IsSingleton(type) == true)
        {
            return _ => services.GetRequiredService(type);
        }

        var isOptional = parameter.HasDefaultValue;
        var fallback = parameter.HasDefaultValue ? parameter.DefaultValue : null;
        return activation => isOptional
            ? activation.ActivationServices.GetService(type) ?? fallback
            : activation.ActivationServices.GetRequiredService(type);
    }

    private static Func<GrainActivation, object?> StateSource(Type type, IPersistentStateConfiguration state)
    {
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(IPersistentState<>))
        {
            throw new InvalidOperationException($"[PersistentState(\"{state.StateName}\")] needs a parameter of type IPersistentState<T>, not {type}.");
        }

        var method = typeof(GrainConstructor).GetMethod(nameof(CreateState), BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(type.GetGenericArguments());
        var create = method.CreateDelegate<Func<GrainActivation, IPersistentStateConfiguration, object>>();
        return activation => create(activation, state);
    }

    private static object CreateState<TState>(GrainActivation activation, IPersistentStateConfiguration state)
        => activation.Silo.StateFactory.Create<TState>(activation, state);
}
