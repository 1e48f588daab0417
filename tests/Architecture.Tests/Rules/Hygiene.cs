using System.Text.RegularExpressions;

namespace VoiceOrdering.Architecture.Tests.Rules;

/// <summary>What never enters the repository, and what product code never does.</summary>
internal static partial class Hygiene
{
    public static IEnumerable<string> Forbidden(SourceText source) =>
        source.Text.Split('\n').SelectMany((line, index) => Findings(line).Select(what => $"{source.Path}:{index + 1}: {what}"));

    /// <summary>One code path for both engines: no conditional compilation, no support types of the embedded engine.</summary>
    public static IEnumerable<string> EngineLeaks(SourceText source)
    {
        if (ConditionalCompilation().IsMatch(source.Text))
        {
            yield return $"{source.Path}: #if makes a second code path";
        }

        if (EmbeddedNamespace().IsMatch(source.Text))
        {
            yield return $"{source.Path}: uses OrleansEmbedded, which Microsoft Orleans does not have";
        }
    }

    /// <summary>The domain knows no sockets, HTTP, SQL or ASP.NET.</summary>
    public static IEnumerable<string> DomainLeaks(SourceText source) =>
        from Match match in OutsideWorld().Matches(source.Text)
        select $"{source.Path}: the domain uses {match.Groups[1].Value}";

    private static IEnumerable<string> Findings(string line)
    {
        if (RegistryHost().IsMatch(line))
        {
            yield return "names a package registry's host";
        }

        if (MachinePath().IsMatch(line))
        {
            yield return "names a path of one machine";
        }

        if (Secret().IsMatch(line))
        {
            yield return "looks like a secret";
        }

        if (Unfinished().IsMatch(line))
        {
            yield return "is left undone";
        }
    }

    [GeneratedRegex(@"https?://[a-z0-9.-]*(nuget\.org|npmjs\.(org|com)|debian\.org)", RegexOptions.IgnoreCase)]
    private static partial Regex RegistryHost();

    [GeneratedRegex(@"(?<![\w.])/(work|farm)/(main|wt|shared|\.library)|\.\./shared/")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"sk-[A-Za-z0-9]{16,}|-----BEGIN [A-Z ]*PRIVATE KEY|whsec_[A-Za-z0-9]{12,}")]
    private static partial Regex Secret();

    [GeneratedRegex(@"\b(TODO|FIXME)\b|NotImplementedException|Skip ?= ?""")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"^\s*#if\b", RegexOptions.Multiline)]
    private static partial Regex ConditionalCompilation();

    [GeneratedRegex(@"\bOrleansEmbedded\b")]
    private static partial Regex EmbeddedNamespace();

    [GeneratedRegex(@"\b(System\.Net\.Sockets|System\.Net\.Http|Microsoft\.Data|Microsoft\.AspNetCore|Dapper|Npgsql)\b")]
    private static partial Regex OutsideWorld();
}
