using FsCheck.Fluent;
using VoiceOrdering.TestKit.Laws;

namespace VoiceOrdering.Grains.Tests.Properties;

/// <summary>A law that does not hold is noticed, with the case and the seed that brings it back.</summary>
public sealed class LawTests
{
    [Fact]
    public void A_law_that_does_not_hold_names_its_case_and_its_seed()
    {
        var tried = 0;
        var broken = Should.Throw<LawBrokenException>(() => Law.Holds(Gen.Choose(0, 1_000_000), number =>
        {
            tried++;
            number.ShouldBeLessThan(1_000);
        }, describe: number => $"the number {number}"));
        broken.Case.ShouldStartWith("the number ");
        broken.Message.ShouldContain($"{Law.SeedVariable}={broken.Seed}");
        tried.ShouldBe(int.Parse(broken.Message.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture), "nothing is tried after the first case that breaks it");
    }

    [Fact]
    public void The_same_seed_draws_the_same_cases()
    {
        List<int> first = [], second = [];
        foreach (var drawn in new[] { first, second }) Law.Holds(Gen.Choose(0, int.MaxValue), drawn.Add, run: new LawRun(Seed: 42));
        second.ShouldBe(first);
        first.Distinct().Count().ShouldBeGreaterThan(90);
    }
}
