using System.Linq;
using Microsoft.CodeAnalysis;

namespace OrleansEmbedded.CodeGenerator;

/// <summary>Questions about types.</summary>
internal static class Symbols
{
    private static readonly string[] Markers =
    [
        "Orleans.Runtime.IAddressable", "Orleans.IGrain", "Orleans.IGrainObserver", "Orleans.IGrainWithStringKey", "Orleans.IGrainWithGuidKey",
        "Orleans.IGrainWithIntegerKey", "Orleans.IGrainWithGuidCompoundKey", "Orleans.IGrainWithIntegerCompoundKey",
    ];

    public static bool IsVisibleInAssembly(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? at = type; at is not null; at = at.ContainingType)
        {
            if (at.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal || at.IsFileLocal)
            {
                return false;
            }
        }

        return true;
    }

    public static bool IsAddressable(INamedTypeSymbol type) => type.AllInterfaces.Any(static i => NameOf(i) == "Orleans.Runtime.IAddressable");

    public static bool IsMarker(INamedTypeSymbol type) => Markers.Contains(NameOf(type));

    public static bool IsGrain(INamedTypeSymbol type) => type.AllInterfaces.Any(static i => NameOf(i) == "Orleans.IGrain");

    public static bool HasAttribute(ISymbol symbol, string name) => Attribute(symbol, name) is not null;

    public static AttributeData? Attribute(ISymbol symbol, string name)
        => symbol.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass is { } type && NameOf(type) == name);

    public static string NameOf(ITypeSymbol type)
        => type.OriginalDefinition.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted)
            .WithGenericsOptions(SymbolDisplayGenericsOptions.None));

    public static string Name(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    public static string TypeOf(INamedTypeSymbol type)
        => Name(type.IsGenericType ? type.ConstructUnboundGenericType() : type);

    /// <summary>Whether values of a type can be passed on without looking at them.</summary>
    public static bool IsKnownImmutable(ITypeSymbol type)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            return IsKnownImmutable(nullable.TypeArguments[0]);
        }

        if (type.TypeKind == TypeKind.Enum || HasAttribute(type.OriginalDefinition, "Orleans.ImmutableAttribute"))
        {
            return true;
        }

        if (type.SpecialType is >= SpecialType.System_Boolean and <= SpecialType.System_String or SpecialType.System_DateTime)
        {
            return true;
        }

        return NameOf(type) is "System.Guid" or "System.TimeSpan" or "System.DateTimeOffset" or "System.DateOnly" or "System.TimeOnly" or "System.Uri"
            or "System.Version" or "System.Threading.CancellationToken" or "System.Type" or "System.Int128" or "System.UInt128" or "System.Half";
    }
}
