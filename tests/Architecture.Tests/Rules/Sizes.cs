using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace VoiceOrdering.Architecture.Tests.Rules;

/// <summary>Soft limits of style: 300 lines a file, 70 a method, 5 parameters. An exception is a line with its reason.</summary>
internal static class Sizes
{
    public const int FileLines = 300;
    public const int MethodLines = 70;
    public const int Parameters = 5;

    /// <summary>One finding a key, so that the exceptions file can name it.</summary>
    public static IEnumerable<SizeFinding> Findings(SourceText source)
    {
        var lines = source.Text.AsSpan().Count('\n');
        if (lines > FileLines)
        {
            yield return new SizeFinding(source.Path, $"{lines} lines, soft limit {FileLines}");
        }

        if (!source.Path.EndsWith(".cs", StringComparison.Ordinal))
        {
            yield break;
        }

        var root = CSharpSyntaxTree.ParseText(source.Text).GetRoot();
        foreach (var method in root.DescendantNodes().OfType<BaseMethodDeclarationSyntax>())
        {
            var name = method is MethodDeclarationSyntax m ? m.Identifier.Text : method is ConstructorDeclarationSyntax c ? c.Identifier.Text : "operator";
            var span = method.SyntaxTree.GetLineSpan(method.Span);
            var length = span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
            if (length > MethodLines)
            {
                yield return new SizeFinding($"{source.Path}:{name}", $"{length} lines, soft limit {MethodLines}");
            }

            // Constructors get their parts by injection; native imports mirror a foreign signature.
            if (method is MethodDeclarationSyntax && method.ParameterList.Parameters.Count > Parameters && !method.Modifiers.Any(SyntaxKind.PartialKeyword) && !method.Modifiers.Any(SyntaxKind.ExternKeyword))
            {
                yield return new SizeFinding($"{source.Path}:{name}", $"{method.ParameterList.Parameters.Count} parameters, soft limit {Parameters}");
            }
        }
    }

    /// <summary>Reads <c>key | reason</c> lines; a line without a reason is a violation of its own.</summary>
    public static (IReadOnlySet<string> Keys, IReadOnlyList<string> Faults) Exceptions(string text)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        var faults = new List<string>();
        foreach (var line in text.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#'))
        {
            var parts = line.Split('|', 2);
            if (parts.Length != 2 || parts[1].Trim().Length < 10)
            {
                faults.Add($"eng/size-exceptions.txt: '{line}' gives no reason");
            }

            keys.Add(parts[0].Trim());
        }

        return (keys, faults);
    }
}

internal sealed record SizeFinding(string Key, string What);
