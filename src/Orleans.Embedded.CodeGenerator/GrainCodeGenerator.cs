using System.Collections.Immutable;
using System.Linq;
using System.Text;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace OrleansEmbedded.CodeGenerator;

/// <summary>
/// Writes a proxy with one call class a method for every grain and observer interface, and a description of the assembly's interfaces,
/// grain classes and serializable types. Every type is looked at by itself, so an edit regenerates only what it touched.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class GrainCodeGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var found = context.SyntaxProvider
            .CreateSyntaxProvider(static (node, _) => node is BaseTypeDeclarationSyntax, Read)
            .Where(static type => type is not null)
            .Select(static (type, _) => type!);

        context.RegisterSourceOutput(found, static (output, type) =>
        {
            foreach (var problem in type.Problems)
            {
                output.ReportDiagnostic(problem.ToDiagnostic());
            }

            if (type.Source is { } source)
            {
                output.AddSource(type.HintName + ".g.cs", SourceText.From(source, Encoding.UTF8));
            }
        });

        var all = found.Select(static (type, _) => type.Entry).Collect();
        var assembly = context.CompilationProvider.Select(static (compilation, _) => compilation.AssemblyName ?? "Assembly");
        context.RegisterSourceOutput(all.Combine(assembly), static (output, pair) =>
        {
            var entries = pair.Left.Distinct().OrderBy(static entry => entry.Type, System.StringComparer.Ordinal).ToImmutableArray();
            if (entries.Length > 0)
            {
                output.AddSource("GrainAssembly.g.cs", SourceText.From(AssemblyWriter.Write(pair.Right, entries), Encoding.UTF8));
            }
        });
    }

    private static FoundType? Read(GeneratorSyntaxContext context, CancellationToken cancellationToken)
    {
        if (context.SemanticModel.GetDeclaredSymbol(context.Node, cancellationToken) is not INamedTypeSymbol type || !Symbols.IsVisibleInAssembly(type))
        {
            return null;
        }

        // A partial type is seen once for each part; the first part speaks for it.
        if (type.DeclaringSyntaxReferences[0].SyntaxTree != context.Node.SyntaxTree || type.DeclaringSyntaxReferences[0].Span != context.Node.Span)
        {
            return null;
        }

        if (type.TypeKind == TypeKind.Interface)
        {
            return Symbols.IsAddressable(type) && !Symbols.IsMarker(type) ? ProxyWriter.Write(type) : null;
        }

        if (Symbols.HasAttribute(type, "Orleans.GenerateSerializerAttribute"))
        {
            return FoundType.Of(new Entry(EntryKind.Serializable, Symbols.TypeOf(type), ""));
        }

        if (type.TypeKind == TypeKind.Class && !type.IsAbstract && Symbols.IsGrain(type))
        {
            return FoundType.Of(new Entry(EntryKind.Class, Symbols.TypeOf(type), ""));
        }

        return null;
    }
}
