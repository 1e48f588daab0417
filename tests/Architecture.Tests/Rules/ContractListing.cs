using System.Globalization;
using System.Reflection;
using System.Text;

namespace VoiceOrdering.Architecture.Tests.Rules;

/// <summary>Writes the wire contract of an assembly: aliases, ids, members and method signatures, sorted.</summary>
internal static class ContractListing
{
    public static string Write(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            if (typeof(IAddressable).IsAssignableFrom(type))
            {
                WriteInterface(text, type);
            }
            else if (type.IsDefined(typeof(GenerateSerializerAttribute), false))
            {
                WriteData(text, type);
            }
        }

        return text.ToString();
    }

    /// <summary>Every type and method that crosses a grain boundary has an alias; ids are not used twice.</summary>
    public static IEnumerable<string> Violations(Assembly assembly)
    {
        foreach (var type in assembly.GetExportedTypes())
        {
            var isInterface = typeof(IAddressable).IsAssignableFrom(type);
            var isData = type.IsDefined(typeof(GenerateSerializerAttribute), false);
            if ((isInterface || isData) && Alias(type) is null)
            {
                yield return $"{type.FullName} has no [Alias]";
            }

            if (isInterface)
            {
                foreach (var method in type.GetMethods().Where(m => !m.IsStatic && Alias(m) is null))
                {
                    yield return $"{type.FullName}.{method.Name} has no [Alias]";
                }
            }

            if (isData)
            {
                foreach (var id in UsedTwice(Members(type).Select(m => m.Id)))
                {
                    yield return $"{type.FullName} uses [Id({id})] twice";
                }
            }
        }
    }

    /// <summary>Ids that stand for more than one member.</summary>
    public static IEnumerable<uint> UsedTwice(IEnumerable<uint> ids) => ids.GroupBy(id => id).Where(g => g.Count() > 1).Select(g => g.Key);

    private static void WriteInterface(StringBuilder text, Type type)
    {
        text.Append(CultureInfo.InvariantCulture, $"interface {Alias(type)} {type.FullName}\n");
        foreach (var method in type.GetMethods().Where(m => !m.IsStatic).OrderBy(m => m.Name, StringComparer.Ordinal))
        {
            var parameters = string.Join(", ", method.GetParameters().Select(p => $"{Name(p.ParameterType)} {p.Name}"));
            text.Append(CultureInfo.InvariantCulture, $"  {Alias(method)}: {Name(method.ReturnType)} {method.Name}({parameters})\n");
        }
    }

    private static void WriteData(StringBuilder text, Type type)
    {
        text.Append(CultureInfo.InvariantCulture, $"{(type.IsEnum ? "enum" : "type")} {Alias(type)} {type.FullName}\n");
        if (type.IsEnum)
        {
            foreach (var name in Enum.GetNames(type))
            {
                text.Append(CultureInfo.InvariantCulture, $"  {Convert.ToInt64(Enum.Parse(type, name), CultureInfo.InvariantCulture)}: {name}\n");
            }
        }

        foreach (var (id, name, member) in Members(type).OrderBy(m => m.Id))
        {
            text.Append(CultureInfo.InvariantCulture, $"  {id}: {Name(member)} {name}\n");
        }
    }

    private static IEnumerable<(uint Id, string Name, Type Type)> Members(Type type)
    {
        const BindingFlags All = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var properties = type.GetProperties(All).Select(p => (Id: p.GetCustomAttribute<IdAttribute>()?.Id, p.Name, Type: p.PropertyType));
        var fields = type.GetFields(All).Select(f => (Id: f.GetCustomAttribute<IdAttribute>()?.Id, f.Name, Type: f.FieldType));
        return properties.Concat(fields).Where(m => m.Id is not null).Select(m => (m.Id!.Value, m.Name, m.Type));
    }

    private static string? Alias(MemberInfo member) => member.GetCustomAttribute<AliasAttribute>(false)?.Alias;

    private static string Name(Type type) =>
        type.IsGenericType ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : type.Name;
}
