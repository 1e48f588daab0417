using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace VoiceOrdering.Engine.Tests.Api;

/// <summary>Reads the public types of an assembly from its metadata, without loading it.</summary>
internal static class PublicTypes
{
    public static Dictionary<string, PublicType> Read(string file)
    {
        using var image = new PEReader(File.OpenRead(file));
        var metadata = image.GetMetadataReader();
        var types = new Dictionary<string, PublicType>(StringComparer.Ordinal);
        foreach (var handle in metadata.TypeDefinitions)
        {
            var type = metadata.GetTypeDefinition(handle);
            if (IsPublic(metadata, type))
            {
                types[SignatureText.Key(metadata, handle)] = new PublicType(BaseOf(metadata, type), Members(metadata, type));
            }
        }

        return types;
    }

    private static bool IsPublic(MetadataReader metadata, TypeDefinition type) => (type.Attributes & TypeAttributes.VisibilityMask) switch
    {
        TypeAttributes.Public => true,
        TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem
            => IsPublic(metadata, metadata.GetTypeDefinition(type.GetDeclaringType())),
        _ => false,
    };

    private static string? BaseOf(MetadataReader metadata, TypeDefinition type) => type.BaseType.IsNil ? null : type.BaseType.Kind switch
    {
        HandleKind.TypeDefinition => SignatureText.Key(metadata, (TypeDefinitionHandle)type.BaseType),
        HandleKind.TypeReference => SignatureText.Key(metadata, (TypeReferenceHandle)type.BaseType),
        HandleKind.TypeSpecification => SignatureText.DefinitionKey(metadata, (TypeSpecificationHandle)type.BaseType),
        _ => null,
    };

    private static HashSet<string> Members(MetadataReader metadata, TypeDefinition type)
    {
        var members = new HashSet<string>(StringComparer.Ordinal);
        var parameters = Names(metadata, type.GetGenericParameters());
        var accessors = new HashSet<MethodDefinitionHandle>();
        foreach (var handle in type.GetProperties())
        {
            var property = metadata.GetPropertyDefinition(handle);
            var name = metadata.GetString(property.Name);
            var pair = property.GetAccessors();
            accessors.Add(pair.Getter);
            accessors.Add(pair.Setter);
            var text = property.DecodeSignature(SignatureText.Instance, new SignatureNames(parameters, [])).ReturnType + " " + name;
            AddAccessor(metadata, members, pair.Getter, text + " get");
            AddAccessor(metadata, members, pair.Setter, text + " set");
        }

        foreach (var handle in type.GetMethods().Where(handle => !accessors.Contains(handle)))
        {
            var method = metadata.GetMethodDefinition(handle);
            var name = metadata.GetString(method.Name);
            if (!IsVisible(method.Attributes & MethodAttributes.MemberAccessMask) || name is "Equals" or "GetHashCode" or "ToString" or ".cctor" or "GetObjectData")
            {
                continue;
            }

            var own = Names(metadata, method.GetGenericParameters());
            var signature = method.DecodeSignature(SignatureText.Instance, new SignatureNames(parameters, own));
            var generics = own.Length == 0 ? "" : "<" + string.Join(',', own) + ">";
            members.Add((name == ".ctor" ? "new" : $"{signature.ReturnType} {name}{generics}") + $"({string.Join(',', signature.ParameterTypes)})");
        }

        foreach (var handle in type.GetFields())
        {
            var field = metadata.GetFieldDefinition(handle);
            if (!IsVisible((MethodAttributes)(field.Attributes & FieldAttributes.FieldAccessMask)) || (field.Attributes & FieldAttributes.SpecialName) != 0)
            {
                continue;
            }

            var isEnum = BaseOf(metadata, type) == "System.Enum";
            var fieldType = field.DecodeSignature(SignatureText.Instance, new SignatureNames(parameters, []));
            members.Add(isEnum ? metadata.GetString(field.Name) : $"{fieldType} {metadata.GetString(field.Name)}");
        }

        return members;
    }

    private static void AddAccessor(MetadataReader metadata, HashSet<string> members, MethodDefinitionHandle accessor, string text)
    {
        if (!accessor.IsNil && IsVisible(metadata.GetMethodDefinition(accessor).Attributes & MethodAttributes.MemberAccessMask))
        {
            members.Add(text);
        }
    }

    private static bool IsVisible(MethodAttributes access) => access is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem;

    private static string[] Names(MetadataReader metadata, GenericParameterHandleCollection parameters)
        => [.. parameters.Select(handle => metadata.GetString(metadata.GetGenericParameter(handle).Name))];
}
