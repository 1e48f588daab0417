using VoiceOrdering.Architecture.Tests.Rules;

namespace VoiceOrdering.Architecture.Tests;

/// <summary>Every rule is seen to fail, so that a green run means something.</summary>
public sealed class RuleFixtureTests
{
    [Fact]
    public void A_wrong_arrow_is_found()
    {
        var project = new SourceText("src/Media/Media.csproj", "<Project><ItemGroup><ProjectReference Include=\"../Grains/Grains.csproj\" /></ItemGroup></Project>");
        ReferenceGraph.Violations([project]).ShouldHaveSingleItem().ShouldContain("Media -> Grains");
    }

    [Fact]
    public void An_unknown_project_is_found() =>
        ReferenceGraph.Violations([new SourceText("src/New/New.csproj", "<Project/>")]).ShouldHaveSingleItem();

    [Theory]
    [InlineData("class CartHelper;")]
    [InlineData("record OrderDto;")]
    [InlineData("interface IStringUtils;")]
    [InlineData("enum CommonThings { A }")]
    public void An_empty_name_is_found(string code) => Names.Violations(new SourceText("a.cs", code)).ShouldHaveSingleItem();

    [Theory]
    [InlineData("class Simple;")]
    [InlineData("class UtilisationMeter;")]
    public void A_domain_name_is_not(string code) => Names.Violations(new SourceText("a.cs", code)).ShouldBeEmpty();

    [Fact]
    public void A_missing_Async_is_found() =>
        Names.MissingAsync(new SourceText("a.cs", "class A { Task Place() => null; Task<int> CountAsync() => null; }")).ShouldHaveSingleItem().ShouldContain("Place");

    [Fact]
    public void A_long_file_a_long_method_and_many_parameters_are_found()
    {
        var body = string.Join('\n', Enumerable.Repeat("        ;", Sizes.FileLines + 1));
        var source = new SourceText("a.cs", $"class A\n{{\n    void Long()\n    {{\n{body}\n    }}\n\n    void Wide(int a, int b, int c, int d, int e, int f) {{ }}\n}}\n");
        Sizes.Findings(source).Select(f => f.Key).ShouldBe(["a.cs", "a.cs:Long", "a.cs:Wide"]);
    }

    [Fact]
    public void An_exception_without_a_reason_is_found()
    {
        var (keys, faults) = Sizes.Exceptions("# comment\na.cs | tables of one codec belong together\nb.cs\n");
        keys.ShouldBe(["a.cs", "b.cs"], ignoreOrder: true);
        faults.ShouldHaveSingleItem().ShouldContain("b.cs");
    }

    [Theory]
    [InlineData("see https://api.nuget.org/v3/index.json")]
    [InlineData("cat /work/shared/design/engine.md")]
    [InlineData("key = sk-abcdefghijklmnopqrstuvwx")]
    [InlineData("// TODO later")]
    [InlineData("throw new NotImplementedException();")]
    public void What_must_not_be_there_is_found(string line) => Hygiene.Forbidden(new SourceText("a.cs", line)).ShouldHaveSingleItem();

    [Fact]
    public void A_second_code_path_is_found() =>
        Hygiene.EngineLeaks(new SourceText("a.cs", "#if EMBEDDED\nusing OrleansEmbedded.Runtime;\n#endif\n")).Count().ShouldBe(2);

    [Fact]
    public void Sql_in_the_domain_is_found() =>
        Hygiene.DomainLeaks(new SourceText("a.cs", "using Dapper;")).ShouldHaveSingleItem();

    [Fact]
    public void A_broken_link_is_found()
    {
        var document = new SourceText("docs/a/b.md", "[there](../c.md) [gone](d.md#part) [outside](https://example.org)");
        DocumentLinks.Broken(document, path => path == "docs/c.md").ShouldHaveSingleItem().ShouldContain("d.md");
    }

    [Fact]
    public void An_unnamed_contract_is_found()
    {
        var faults = ContractListing.Violations(typeof(Fixtures.Unnamed).Assembly).ToList();
        faults.ShouldHaveSingleItem().ShouldContain("Unnamed has no [Alias]");
    }

    [Fact]
    public void An_id_used_twice_is_found() => ContractListing.UsedTwice([0, 1, 2, 1]).ShouldBe([1u]);
}
