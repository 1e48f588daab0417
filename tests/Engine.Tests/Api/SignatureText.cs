using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace VoiceOrdering.Engine.Tests.Api;

internal sealed record SignatureNames(string[] Type, string[] Method);

/// <summary>Types in signatures as text: full names, type arguments in angle brackets.</summary>
internal sealed class SignatureText : ISignatureTypeProvider<string, SignatureNames>
{
    public static readonly SignatureText Instance = new();

    public static string Key(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        var name = metadata.GetString(type.Name);
        return type.GetDeclaringType() is { IsNil: false } outer
            ? Key(metadata, outer) + "." + name
            : Join(metadata.GetString(type.Namespace), name);
    }

    public static string Key(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        var name = metadata.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? Key(metadata, (TypeReferenceHandle)type.ResolutionScope) + "." + name
            : Join(metadata.GetString(type.Namespace), name);
    }

    public static string DefinitionKey(MetadataReader metadata, TypeSpecificationHandle handle)
    {
        var text = metadata.GetTypeSpecification(handle).DecodeSignature(new SignatureText(), new SignatureNames(new string[8], new string[8]));
        var at = text.IndexOf('<', StringComparison.Ordinal);
        if (at < 0)
        {
            return text;
        }

        var depth = 0;
        var count = 1;
        foreach (var c in text[(at + 1)..^1])
        {
            depth += c == '<' ? 1 : c == '>' ? -1 : 0;
            count += c == ',' && depth == 0 ? 1 : 0;
        }

        return text[..at] + "`" + count;
    }

    public string GetArrayType(string elementType, ArrayShape shape) => elementType + "[" + new string(',', shape.Rank - 1) + "]";

    public string GetByReferenceType(string elementType) => elementType + "&";

    public string GetFunctionPointerType(MethodSignature<string> signature) => "fnptr";

    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) => $"{genericType}<{string.Join(',', typeArguments)}>";

    public string GetGenericMethodParameter(SignatureNames genericContext, int index) => genericContext.Method[index];

    public string GetGenericTypeParameter(SignatureNames genericContext, int index) => genericContext.Type[index];

    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

    public string GetPinnedType(string elementType) => elementType;

    public string GetPointerType(string elementType) => elementType + "*";

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => "System." + typeCode;

    public string GetSZArrayType(string elementType) => elementType + "[]";

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => WithoutArity(Key(reader, handle));

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => WithoutArity(Key(reader, handle));

    public string GetTypeFromSpecification(MetadataReader reader, SignatureNames genericContext, TypeSpecificationHandle handle, byte rawTypeKind)
        => reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    private static string Join(string space, string name) => space.Length == 0 ? name : space + "." + name;

    private static string WithoutArity(string name)
    {
        var at = name.IndexOf('`', StringComparison.Ordinal);
        return at < 0 ? name : name[..at];
    }
}
