using System.Diagnostics;
using System.Text.RegularExpressions;
using VoiceOrdering.Architecture.Tests.Rules;

namespace VoiceOrdering.Architecture.Tests;

/// <summary>The commands the documents name, against the ones there are; and <c>vo</c> itself, as far as it needs no build.</summary>
public sealed partial class DocumentCommandTests
{
    [Fact]
    public async Task Every_command_in_a_document_can_be_given()
    {
        var known = await KnownAsync();
        Repository.Files(path => path.EndsWith(".md", StringComparison.Ordinal)).SelectMany(document => DocumentCommands.Unknown(document, known)).ShouldBeEmpty();
    }

    [Fact]
    public void A_command_that_cannot_be_given_is_found()
    {
        var known = new KnownCommands(
            new HashSet<string> { "run", "test" }, new Dictionary<string, IReadOnlyList<string>> { ["test"] = ["Grains.Tests"] },
            new HashSet<string> { "--port" }, new HashSet<string> { "VO_PORT" }, path => path == "src/Api");
        var document = new SourceText("README.md", """
            `./vo run --port 1`, `./vo test Grains`, `./vo fly`, `./vo run --prot`, `./vo test Clouds`, `dotnet run --project src/Api`, `dotnet test tests/None`, VO_PORT, VO_NONE
            """);
        DocumentCommands.Unknown(document, known).ShouldBe(
        [
            "README.md: vo has no verb 'fly'", "README.md: no program has the option '--prot'", "README.md: './vo test' has no 'Clouds'",
            "README.md: there is no tests/None", "README.md: nothing reads VO_NONE",
        ]);
    }

    [Theory]
    [InlineData("fly", "there is no verb 'fly'")]
    [InlineData("test --help", "not '--help'")]
    [InlineData("test Api Grains", "'Grains' is too many")]
    [InlineData("check now", "'now' is too many")]
    public async Task A_wrong_command_is_one_line_and_exit_code_2(string arguments, string expected)
    {
        var (code, output, errors) = await VoAsync(arguments.Split(' '));
        code.ShouldBe(2);
        output.ShouldBeEmpty();
        errors.Trim().Split('\n').ShouldHaveSingleItem().ShouldContain(expected);
    }

    private static async Task<KnownCommands> KnownAsync()
    {
        var (code, help, _) = await VoAsync("help");
        code.ShouldBe(0);
        var sources = Repository.Files(path => path.EndsWith(".cs", StringComparison.Ordinal) || path == "vo").ToList();
        var options = sources.SelectMany(source => Option().Matches(source.Text)).Select(match => match.Groups[1].Value).Append("--help");
        var groups = sources.Where(source => source.Path.StartsWith("tools/Bench/", StringComparison.Ordinal)).SelectMany(source => GroupName().Matches(source.Text));
        return new KnownCommands(
            Verb().Matches(help).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal),
            new Dictionary<string, IReadOnlyList<string>>
            {
                ["test"] = [.. Directory.GetDirectories(Path.Combine(Repository.Root, "tests")).Select(path => Path.GetFileName(path)!)],
                ["bench"] = [.. groups.Select(match => match.Groups[1].Value)],
            },
            options.ToHashSet(StringComparer.Ordinal),
            sources.Where(source => !source.Path.StartsWith("tests/Architecture.Tests/", StringComparison.Ordinal) || source.Path.EndsWith("ArchitectureTests.cs", StringComparison.Ordinal))
                .SelectMany(source => DocumentCommands.VariablesIn(source.Text)).ToHashSet(StringComparer.Ordinal),
            path => Path.Exists(Path.Combine(Repository.Root, path)));
    }

    private static async Task<(int Code, string Output, string Errors)> VoAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, "vo"), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var vo = Process.Start(start)!;
        var output = vo.StandardOutput.ReadToEndAsync();
        var errors = vo.StandardError.ReadToEndAsync();
        await vo.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return (vo.ExitCode, await output, await errors);
    }

    [GeneratedRegex(@"^  ([a-z]+)  ", RegexOptions.Multiline)]
    private static partial Regex Verb();

    [GeneratedRegex(@"""(--[a-z-]+)""")]
    private static partial Regex Option();

    [GeneratedRegex(@"string Name => ""([a-z]+)""")]
    private static partial Regex GroupName();
}
