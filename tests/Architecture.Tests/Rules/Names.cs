using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace VoiceOrdering.Architecture.Tests.Rules;

/// <summary>Words that say nothing about the domain do not name types.</summary>
internal static class Names
{
    private static readonly string[] BannedWords = ["Helper", "Util", "Common", "Misc", "Manager", "Processor", "Impl", "Dto"];

    /// <summary>Types of Orleans' public API that the embedded engine must have under their own names.</summary>
    private static readonly string[] OrleansOwn = ["ObserverManager"];

    public static IEnumerable<string> Violations(SourceText source)
    {
        var root = CSharpSyntaxTree.ParseText(source.Text).GetRoot();
        var isEngine = source.Path.StartsWith("src/Orleans.Embedded/", StringComparison.Ordinal);
        foreach (var type in root.DescendantNodes().OfType<BaseTypeDeclarationSyntax>().Where(type => !isEngine || !OrleansOwn.Contains(type.Identifier.Text)))
        {
            var words = SplitWords(type.Identifier.Text);
            // "Common" says something inside a name (NoCommonCodec), nothing at its ends (CommonThings).
            string[] ends = [words[0] == "I" && words.Count > 1 ? words[1] : words[0], words[^1]];
            foreach (var banned in BannedWords.Where(b => (b == "Common" ? ends : (IEnumerable<string>)words).Any(w => w == b || w == b + "s")))
            {
                yield return $"{source.Path}: type {type.Identifier.Text} is named with '{banned}'";
            }
        }
    }

    /// <summary>Task-returning methods end in Async, except overrides and implementations of foreign names.</summary>
    public static IEnumerable<string> MissingAsync(SourceText source)
    {
        var root = CSharpSyntaxTree.ParseText(source.Text).GetRoot();
        foreach (var method in root.DescendantNodes().OfType<MethodDeclarationSyntax>())
        {
            var returns = method.ReturnType.ToString();
            var isTask = returns is "Task" or "ValueTask" || returns.StartsWith("Task<", StringComparison.Ordinal) || returns.StartsWith("ValueTask<", StringComparison.Ordinal);
            var isOwn = !method.Modifiers.Any(SyntaxKind.OverrideKeyword) && method.ExplicitInterfaceSpecifier is null;
            if (isTask && isOwn && !method.Identifier.Text.EndsWith("Async", StringComparison.Ordinal) && method.Identifier.Text is not ("Invoke" or "Main" or "ReceiveReminder" or "OnNext" or "ReadRow" or "WriteState" or "ReadState"))
            {
                yield return $"{source.Path}: {method.Identifier.Text} returns {returns} without the Async suffix";
            }
        }
    }

    private static List<string> SplitWords(string identifier)
    {
        var words = new List<string>();
        var start = 0;
        for (var i = 1; i <= identifier.Length; i++)
        {
            if (i == identifier.Length || (char.IsUpper(identifier[i]) && !char.IsUpper(identifier[i - 1])))
            {
                words.Add(identifier[start..i]);
                start = i;
            }
        }

        return words;
    }
}
