using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using Orleans;
using Orleans.Serialization;
using OrleansEmbedded.GeneratedCode;

namespace OrleansEmbedded.Serialization;

/// <summary>Names of types in stored data: the alias or full name, type arguments in angle brackets, <c>[]</c> for arrays.</summary>
internal static class TypeNameText
{
    private static readonly ConcurrentDictionary<Type, string> Names = new();
    private static readonly ConcurrentDictionary<string, Type> Types = new(StringComparer.Ordinal);

    public static string NameOf(Type type) => Names.GetOrAdd(type, Build);

    public static Type Resolve(string name) => Types.GetOrAdd(name, static text =>
    {
        var at = 0;
        var type = Parse(text, ref at);
        return at == text.Length ? type : throw Unknown(text);
    });

    private static string Build(Type type)
    {
        if (type.IsArray)
        {
            return NameOf(type.GetElementType()!) + "[]";
        }

        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        var name = definition.GetCustomAttribute<AliasAttribute>()?.Alias ?? definition.FullName!;
        return type.IsGenericType
            ? new StringBuilder(name).Append('<').AppendJoin(',', type.GetGenericArguments().Select(NameOf)).Append('>').ToString()
            : name;
    }

    private static Type Parse(string text, ref int at)
    {
        var begin = at;
        while (at < text.Length && text[at] is not ('<' or '>' or ',' or '['))
        {
            at++;
        }

        var name = text[begin..at];
        var arguments = new List<Type>();
        if (at < text.Length && text[at] == '<')
        {
            do
            {
                at++;
                arguments.Add(Parse(text, ref at));
            }
            while (at < text.Length && text[at] == ',');
            if (at >= text.Length || text[at] != '>')
            {
                throw Unknown(text);
            }

            at++;
        }

        var type = Find(name) ?? throw Unknown(name);
        if (arguments.Count > 0)
        {
            type = type.MakeGenericType([.. arguments]);
        }

        while (text.AsSpan(at).StartsWith("[]", StringComparison.Ordinal))
        {
            type = type.MakeArrayType();
            at += 2;
        }

        return type;
    }

    // Only types marked for it and those the framework's codecs know: data must not choose what gets constructed.
    private static Type? Find(string name) => GrainManifest.Current.FindSerializable(name) ?? TypeShapes.FindFrameworkType(name);

    private static CodecNotFoundException Unknown(string name)
        => new($"No type is known under the name \"{name}\". Was its [Alias] changed, or is its assembly missing?");
}
