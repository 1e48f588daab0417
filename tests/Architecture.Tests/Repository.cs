using System.Diagnostics;
using System.Reflection;

namespace VoiceOrdering.Architecture.Tests;

/// <summary>The tracked files of this checkout.</summary>
internal static class Repository
{
    private static readonly Lazy<IReadOnlyList<string>> Tracked = new(ListTracked);

    public static string Root { get; } = typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    /// <summary>Tracked files as source texts, paths relative with forward slashes.</summary>
    public static IEnumerable<SourceText> Files(Func<string, bool> select) =>
        Tracked.Value.Where(select).Where(path => File.Exists(Path.Combine(Root, path))).Select(path => new SourceText(path, File.ReadAllText(Path.Combine(Root, path))));

    public static IEnumerable<SourceText> CSharp(params string[] folders) =>
        Files(path => path.EndsWith(".cs", StringComparison.Ordinal) && (folders.Length == 0 || folders.Any(f => path.StartsWith(f, StringComparison.Ordinal))));

    private static List<string> ListTracked()
    {
        var start = new ProcessStartInfo("git", ["-C", Root, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]) { RedirectStandardOutput = true };
        using var git = Process.Start(start)!;
        var listing = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        git.ExitCode.ShouldBe(0, "git ls-files lists the files that are judged");
        return [.. listing.Split('\0', StringSplitOptions.RemoveEmptyEntries)];
    }
}

/// <summary>A file to judge; tests of the rules make their own.</summary>
internal sealed record SourceText(string Path, string Text);
