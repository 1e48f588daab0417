using System.Text.RegularExpressions;

namespace VoiceOrdering.Engine.Tests.Api;

/// <summary>
/// Reads OrleansPublicApi.txt: the public signatures of those types of ours whose assemblies cannot be fetched, taken from the public
/// source of Orleans (August 2026). Facts to be compatible with.
/// </summary>
internal static partial class PublicListing
{
    private static readonly string[] Modifiers = ["static ", "abstract ", "virtual ", "protected ", "readonly ", "const ", "sealed "];

    public static Dictionary<string, PublicType> Read()
    {
        var types = new Dictionary<string, PublicType>(StringComparer.Ordinal);
        PublicType? current = null;
        using var file = new StreamReader(typeof(PublicListing).Assembly.GetManifestResourceStream("OrleansPublicApi.txt")!);
        while (file.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (line[0] != ' ')
            {
                var header = Header().Match(line);
                current = new PublicType(header.Groups["base"] is { Success: true } found ? Key(Split(found.Value).First().Trim()) : null, new HashSet<string>(StringComparer.Ordinal));
                types[Key(header.Groups["name"].Value)] = current;
            }
            else
            {
                foreach (var member in Members(line.Trim()))
                {
                    current!.Members.Add(member);
                }
            }
        }

        return types;
    }

    private static string Key(string name)
    {
        var at = name.IndexOf('<', StringComparison.Ordinal);
        return at < 0 ? name : name[..at] + "`" + (TopLevelCommas(name[(at + 1)..^1]).Count() + 1);
    }

    private static IEnumerable<string> Members(string line)
    {
        while (Array.Find(Modifiers, modifier => line.StartsWith(modifier, StringComparison.Ordinal)) is { } modifier)
        {
            line = line[modifier.Length..];
        }

        if (line.IndexOf(" { ", StringComparison.Ordinal) is > 0 and var brace)
        {
            var property = line[..brace];
            if (line.Contains("get;", StringComparison.Ordinal))
            {
                yield return property + " get";
            }

            if (line.Contains("set;", StringComparison.Ordinal) || line.Contains("init;", StringComparison.Ordinal))
            {
                yield return property + " set";
            }

            yield break;
        }

        var open = line.IndexOf('(', StringComparison.Ordinal);
        if (open < 0)
        {
            var equals = line.IndexOf(" = ", StringComparison.Ordinal);
            yield return equals < 0 ? line : line[..equals];
            yield break;
        }

        var close = MatchingClose(line, open);
        var parameters = Split(line[(open + 1)..close]).Select(Parameter);
        yield return $"{line[..open]}({string.Join(',', parameters)})";
    }

    private static string Parameter(string text)
    {
        text = text.Trim();
        foreach (var prefix in (string[])["this ", "params "])
        {
            text = text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : text;
        }

        var isByRef = text.StartsWith("ref ", StringComparison.Ordinal) || text.StartsWith("out ", StringComparison.Ordinal) || text.StartsWith("in ", StringComparison.Ordinal);
        if (isByRef)
        {
            text = text[(text.IndexOf(' ', StringComparison.Ordinal) + 1)..];
        }

        var depth = 0;
        for (var at = 0; at < text.Length; at++)
        {
            depth += text[at] == '<' ? 1 : text[at] == '>' ? -1 : 0;
            if (text[at] == ' ' && depth == 0)
            {
                return text[..at] + (isByRef ? "&" : "");
            }
        }

        return text;
    }

    private static int MatchingClose(string text, int open)
    {
        var depth = 0;
        for (var at = open; at < text.Length; at++)
        {
            depth += text[at] == '(' ? 1 : text[at] == ')' ? -1 : 0;
            if (depth == 0)
            {
                return at;
            }
        }

        throw new FormatException(text);
    }

    private static IEnumerable<string> Split(string parameters)
    {
        if (parameters.Length == 0)
        {
            yield break;
        }

        var from = 0;
        foreach (var comma in TopLevelCommas(parameters))
        {
            yield return parameters[from..comma];
            from = comma + 1;
        }

        yield return parameters[from..];
    }

    private static IEnumerable<int> TopLevelCommas(string text)
    {
        var depth = 0;
        for (var at = 0; at < text.Length; at++)
        {
            depth += text[at] is '<' or '(' ? 1 : text[at] is '>' or ')' ? -1 : 0;
            if (text[at] == ',' && depth == 0)
            {
                yield return at;
            }
        }
    }

    [GeneratedRegex(@"^(?:(?:sealed|static|abstract|readonly) )*(?:class|struct|interface|enum|delegate) (?<name>\S+)(?: : (?<base>.+))?")]
    private static partial Regex Header();
}
