using System.Reflection;
using System.Text;
using Orleans;
using Orleans.Metadata;
using Orleans.Runtime;

namespace OrleansEmbedded.Activation;

/// <summary>Names of grain classes and interfaces in ids, by Orleans' conventions.</summary>
internal static class TypeNames
{
    public static GrainType GrainTypeOf(Type type)
    {
        foreach (var provider in type.GetCustomAttributes(inherit: false).OfType<IGrainTypeProviderAttribute>())
        {
            return provider.GetGrainType(null!, type);
        }

        var name = Simple(type).ToLowerInvariant();
        if (name.Length > 5 && name.EndsWith("grain", StringComparison.Ordinal))
        {
            name = name[..^5];
        }

        return GrainType.Create(type.IsGenericType ? name + Arguments(type) : name);
    }

    public static GrainInterfaceType InterfaceTypeOf(Type type)
    {
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        var name = definition.GetCustomAttribute<AliasAttribute>()?.Alias ?? definition.FullName!;
        return GrainInterfaceType.Create(type.IsGenericType ? name + Arguments(type) : name);
    }

    private static string Simple(Type type)
    {
        var tick = type.Name.IndexOf('`', StringComparison.Ordinal);
        return tick < 0 ? type.Name : type.Name[..tick];
    }

    private static string Arguments(Type type)
    {
        var text = new StringBuilder("`").Append(type.GetGenericArguments().Length);
        if (!type.IsGenericTypeDefinition)
        {
            text.Append('[').AppendJoin(',', type.GetGenericArguments().Select(argument => argument.FullName)).Append(']');
        }

        return text.ToString();
    }
}
