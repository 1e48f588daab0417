using System.Text.RegularExpressions;

namespace VoiceOrdering.Architecture.Tests.Rules;

/// <summary>A link in a document leads to a file of the repository.</summary>
internal static partial class DocumentLinks
{
    public static IEnumerable<string> Broken(SourceText document, Func<string, bool> exists)
    {
        var folder = Path.GetDirectoryName(document.Path) ?? "";
        foreach (Match link in RelativeLink().Matches(document.Text))
        {
            var target = Path.GetRelativePath("/", Path.GetFullPath(Path.Combine("/", folder, link.Groups[1].Value)));
            if (!exists(target))
            {
                yield return $"{document.Path}: the link to {link.Groups[1].Value} leads nowhere";
            }
        }
    }

    [GeneratedRegex(@"\]\((?![a-z]+:)([^)#\s]+)")]
    private static partial Regex RelativeLink();
}
