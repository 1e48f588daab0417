using System.Text.RegularExpressions;

namespace VoiceOrdering.Architecture.Tests.Rules;

/// <summary>A command in a document can be given: its verb, its argument, its paths and its variables exist.</summary>
internal static partial class DocumentCommands
{
    /// <param name="document">The document.</param>
    /// <param name="known">What there is to name.</param>
    public static IEnumerable<string> Unknown(SourceText document, KnownCommands known)
    {
        foreach (Match command in Vo().Matches(document.Text))
        {
            var (verb, argument) = (command.Groups["verb"].Value, command.Groups["argument"].Value);
            if (!known.Verbs.Contains(verb))
            {
                yield return $"{document.Path}: vo has no verb '{verb}'";
            }
            else if (argument.StartsWith("--", StringComparison.Ordinal))
            {
                if (!known.Options.Contains(argument))
                {
                    yield return $"{document.Path}: no program has the option '{argument}'";
                }
            }
            else if (argument.Length > 0 && known.Arguments.TryGetValue(verb, out var arguments) && !arguments.Any(name => name.Contains(argument, StringComparison.Ordinal)))
            {
                yield return $"{document.Path}: './vo {verb}' has no '{argument}'";
            }
        }

        foreach (var path in DotnetPath().Matches(document.Text).Select(match => match.Groups[1].Value).Where(path => !known.Exists(path)))
        {
            yield return $"{document.Path}: there is no {path}";
        }

        foreach (var variable in Variable().Matches(document.Text).Select(match => match.Value).Distinct().Where(variable => !known.Variables.Contains(variable)))
        {
            yield return $"{document.Path}: nothing reads {variable}";
        }
    }

    /// <summary>Every environment variable of ours that a text names.</summary>
    public static IEnumerable<string> VariablesIn(string text) => Variable().Matches(text).Select(match => match.Value);

    [GeneratedRegex(@"\./vo (?<verb>[a-z]+)(?: +(?<argument>--[a-z-]+|[A-Za-z.]+)(?=[ `\n]))?")]
    private static partial Regex Vo();

    [GeneratedRegex(@"dotnet (?:test|run|build)(?: --project)? ([A-Za-z]+/[\w./]+)")]
    private static partial Regex DotnetPath();

    [GeneratedRegex(@"\bVO_[A-Z][A-Z_]+\b")]
    private static partial Regex Variable();
}

/// <summary>What a command may name.</summary>
/// <param name="Verbs">Verbs of <c>vo</c>.</param>
/// <param name="Arguments">What may follow a verb, as names of which a part is enough.</param>
/// <param name="Options">Options of the programs behind the verbs.</param>
/// <param name="Variables">Environment variables that something reads.</param>
/// <param name="Exists">Whether a path of the repository exists.</param>
internal sealed record KnownCommands(
    IReadOnlySet<string> Verbs, IReadOnlyDictionary<string, IReadOnlyList<string>> Arguments, IReadOnlySet<string> Options, IReadOnlySet<string> Variables, Func<string, bool> Exists);
