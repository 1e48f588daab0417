using System.Reflection;
using Orleans;

namespace VoiceOrdering.Engine.Tests.Api;

/// <summary>
/// Every public member of ours in Orleans' namespaces exists in Orleans 10.4 with the same signature: read from the genuine packages where
/// the feed has them, else from the listing in OrleansPublicApi.txt.
/// </summary>
public sealed class FidelityTests
{
    private static readonly string[] Packages =
    [
        "Microsoft.Orleans.Core.Abstractions", "Microsoft.Orleans.Persistence.AdoNet", "Microsoft.Orleans.Clustering.AdoNet",
        "Microsoft.Orleans.Reminders.AdoNet", "Microsoft.Orleans.TestingHost",
    ];

    private static string PackageRoot => typeof(FidelityTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "NuGetPackageRoot").Value!;

    [Fact]
    public void Every_public_member_in_Orleans_namespaces_is_one_of_Orleans()
    {
        var problems = Compare(typeof(Grain).Assembly.Location);

        problems.ShouldBeEmpty(string.Join('\n', problems));
    }

    [Fact]
    public void A_type_and_a_member_that_Orleans_does_not_have_are_found()
    {
        var problems = Compare(typeof(FidelityTests).Assembly.Location);

        problems.ShouldContain(problem => problem.Contains("Orleans.Invented", StringComparison.Ordinal));
        problems.ShouldContain(problem => problem.Contains("GatewayTooBusyException", StringComparison.Ordinal) && problem.Contains("RetryNow", StringComparison.Ordinal));
        problems.ShouldNotContain(problem => problem.Contains("GatewayTooBusyException: new(System.String)", StringComparison.Ordinal));
    }

    private static List<string> Compare(string ours)
    {
        var genuine = Packages.SelectMany(package => PublicTypes.Read(AssemblyOf(package))).ToDictionary(type => type.Key, type => type.Value);
        genuine.Count.ShouldBeGreaterThan(300);
        foreach (var (name, type) in PublicListing.Read())
        {
            // Extension classes of one name live in several assemblies.
            if (genuine.TryGetValue(name, out var same))
            {
                same.Members.UnionWith(type.Members);
            }
            else
            {
                genuine[name] = type;
            }
        }

        var problems = new List<string>();
        foreach (var (name, type) in PublicTypes.Read(ours).Where(pair => IsOrleans(pair.Key)))
        {
            if (!genuine.TryGetValue(name, out var reference))
            {
                problems.Add($"{name}: no such type in Orleans");
                continue;
            }

            var known = WithBases(reference, genuine);
            problems.AddRange(type.Members.Where(member => !known.Contains(member)).Select(member => $"{name}: {member}"));
        }

        return problems;
    }

    private static bool IsOrleans(string name)
        => name.StartsWith("Orleans.", StringComparison.Ordinal) || name.StartsWith("Microsoft.Extensions.Hosting.", StringComparison.Ordinal);

    private static HashSet<string> WithBases(PublicType type, Dictionary<string, PublicType> all)
    {
        var members = new HashSet<string>(type.Members, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var at = type; at.Base is { } name && seen.Add(name) && all.TryGetValue(name, out var next); at = next)
        {
            members.UnionWith(next.Members);
        }

        return members;
    }

    private static string AssemblyOf(string package)
    {
        var folder = Path.Combine(PackageRoot, package.ToLowerInvariant(), "10.4.2", "lib");
        var file = Path.Combine(folder, "net10.0", package.Replace("Microsoft.", "", StringComparison.Ordinal) + ".dll");
        return File.Exists(file) ? file : Directory.GetFiles(folder, package.Replace("Microsoft.", "", StringComparison.Ordinal) + ".dll", SearchOption.AllDirectories).Max()!;
    }
}
