using VoiceOrdering.Architecture.Tests.Rules;

namespace VoiceOrdering.Architecture.Tests;

/// <summary>The rules of docs/architecture and AGENTS.md, run on this checkout.</summary>
public sealed class ArchitectureTests
{
    [Fact]
    public void Projects_reference_only_along_the_arrows() =>
        ReferenceGraph.Violations(Repository.Files(p => p.StartsWith("src/", StringComparison.Ordinal) && p.EndsWith(".csproj", StringComparison.Ordinal))).ShouldBeEmpty();

    [Fact]
    public void Type_names_use_domain_words() =>
        Repository.CSharp("src/", "tests/", "tools/").SelectMany(Names.Violations).ShouldBeEmpty();

    [Fact]
    public void Task_returning_methods_end_in_Async() =>
        Repository.CSharp("src/").Where(s => !s.Path.StartsWith("src/Orleans.Embedded", StringComparison.Ordinal)).SelectMany(Names.MissingAsync).ShouldBeEmpty();

    [Fact]
    public void Files_and_methods_stay_readable_or_say_why()
    {
        var (keys, faults) = Sizes.Exceptions(File.ReadAllText(Path.Combine(Repository.Root, "eng/size-exceptions.txt")));
        faults.ShouldBeEmpty();
        var findings = Repository.CSharp("src/", "tests/", "tools/").Concat(Repository.Files(p => p.StartsWith("src/", StringComparison.Ordinal) && (p.EndsWith(".js", StringComparison.Ordinal) || p.EndsWith(".css", StringComparison.Ordinal))))
            .SelectMany(Sizes.Findings).ToList();
        findings.Where(f => !keys.Contains(f.Key)).Select(f => $"{f.Key}: {f.What}").ShouldBeEmpty();
        keys.Except(findings.Select(f => f.Key)).ShouldBeEmpty("an exception that is no longer needed is taken out");
    }

    [Fact]
    public void Nothing_of_one_machine_and_nothing_undone_is_in_the_repository() =>
        Repository.Files(p => !p.EndsWith(".png", StringComparison.Ordinal) && !p.EndsWith(".wav", StringComparison.Ordinal) && !p.StartsWith("tests/Architecture.Tests/", StringComparison.Ordinal))
            .SelectMany(Hygiene.Forbidden).ShouldBeEmpty();

    [Fact]
    public void Product_code_has_one_path_for_both_engines() =>
        Repository.CSharp("src/", "tests/").Where(s => !s.Path.StartsWith("src/Orleans.Embedded", StringComparison.Ordinal) && !s.Path.StartsWith("tests/Engine.Tests", StringComparison.Ordinal) && !s.Path.StartsWith("tests/Architecture.Tests", StringComparison.Ordinal))
            .SelectMany(Hygiene.EngineLeaks).ShouldBeEmpty();

    [Fact]
    public void The_domain_knows_no_sockets_and_no_sql() =>
        Repository.CSharp("src/Grains/", "src/Grains.Abstractions/").SelectMany(Hygiene.DomainLeaks).ShouldBeEmpty();

    [Fact]
    public void Links_of_the_documents_lead_somewhere() =>
        Repository.Files(p => p.EndsWith(".md", StringComparison.Ordinal))
            .SelectMany(document => DocumentLinks.Broken(document, path => Path.Exists(Path.Combine(Repository.Root, path)))).ShouldBeEmpty();

    [Fact]
    public void Contracts_are_named_and_numbered() =>
        ContractListing.Violations(typeof(Carts.ICartGrain).Assembly).ShouldBeEmpty();

    [Fact]
    public void Contracts_are_what_was_approved()
    {
        var approved = Path.Combine(Repository.Root, "src/Grains.Abstractions/Contracts.approved.txt");
        var listing = ContractListing.Write(typeof(Carts.ICartGrain).Assembly);
        if (Environment.GetEnvironmentVariable("VO_APPROVE") == "1")
        {
            File.WriteAllText(approved, listing);
        }

        listing.ShouldBe(File.ReadAllText(approved), "a changed contract is reviewed: run the tests with VO_APPROVE=1 and commit the file; ids and aliases are never renumbered");
    }
}
