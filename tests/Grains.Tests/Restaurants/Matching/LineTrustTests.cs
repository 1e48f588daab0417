using FsCheck;
using FsCheck.Fluent;
using VoiceOrdering.Grains.Restaurants.Matching;
using VoiceOrdering.TestKit.Laws;

namespace VoiceOrdering.Grains.Tests.Restaurants.Matching;

/// <summary>Confidence falls with what speaks against a line, and nothing that is heard can raise it.</summary>
public sealed class LineTrustTests
{
    /// <summary>Confidence of a line that nothing speaks against.</summary>
    internal static double Highest { get; } = Math.Round(LineTrust.Of(1, default), 3);

    private static readonly MenuIndex s_burger = TestMenus.Index;

    [Fact]
    public void More_against_a_line_never_makes_it_surer()
    {
        var lines =
            from named in Gen.Choose(1, 100).Select(percent => percent / 100.0)
            from misheard in Gen.Choose(0, 20).Select(tenth => tenth / 10.0)
            from counts in Gen.Choose(0, 6).ListOf(3)
            select (Named: named, Against: new LineEvidence(misheard, counts[0], counts[1], counts[2]));
        Law.Holds(lines, line =>
        {
            var trust = LineTrust.Of(line.Named, line.Against);
            trust.ShouldBeInRange(0, 1);
            LineTrust.Of(line.Named, line.Against with { Misheard = line.Against.Misheard + 0.2 }).ShouldBeLessThanOrEqualTo(trust);
            LineTrust.Of(line.Named, line.Against with { Strange = line.Against.Strange + 1 }).ShouldBeLessThanOrEqualTo(trust);
            LineTrust.Of(line.Named, line.Against with { Idle = line.Against.Idle + 1 }).ShouldBeLessThanOrEqualTo(trust);
            LineTrust.Of(line.Named, line.Against with { Dangling = line.Against.Dangling + 1 }).ShouldBeLessThanOrEqualTo(trust);
            LineTrust.Of(Math.Min(1, line.Named + 0.05), line.Against).ShouldBeGreaterThanOrEqualTo(trust - 1e-12);
            if (line.Named < MatchThresholds.Accept) trust.ShouldBeLessThanOrEqualTo(line.Named, "an item to be asked about stays one");
            if (line.Named >= MatchThresholds.Confirm) trust.ShouldBeGreaterThanOrEqualTo(MatchThresholds.Confirm, "what was named is asked about, not dropped");
        }, run: new LawRun(500));
    }

    [Theory]
    [InlineData("a cheeseburger with bacon and no onions", "accept")]
    [InlineData("uh a cheese um burger with er bacon", "accept")]
    [InlineData("I think we would like two cheeseburgers please, thank you", "accept")]
    [InlineData("a cheeseburger with flibbers", "confirm")]
    [InlineData("a cheeseburger with bacon and grobble sauce", "confirm")]
    [InlineData("a wobbly cheeseburger", "confirm")]
    public void Words_that_nobody_knows_are_a_reason_to_ask(string words, string decision)
    {
        var line = s_burger.Parse(words, MatchThresholds.Accept).Lines.ShouldHaveSingleItem();
        (line.ItemId, line.Decision).ShouldBe(("cheeseburger", decision), $"{words}: {line.Confidence}");
    }

    [Fact]
    public void What_is_strange_is_held_against_the_line_it_was_said_of()
    {
        var lines = s_burger.Parse("a cheeseburger with flibbers and a lemonade", MatchThresholds.Accept).Lines;
        lines.Single(line => line.ItemId == "lemonade").Confidence.ShouldBe(Highest);
        lines.Single(line => line.ItemId == "cheeseburger").Confidence.ShouldBeLessThan(MatchThresholds.Accept);
    }

    [Fact]
    public void A_word_that_hangs_in_the_air_is_held_against_the_line()
    {
        s_burger.Parse("a cheeseburger with", MatchThresholds.Accept).Lines.Single().Confidence.ShouldBeLessThan(Highest);
        s_burger.Parse("a cheeseburger with bacon", MatchThresholds.Accept).Lines.Single().Confidence.ShouldBe(Highest);
    }

    [Theory]
    [InlineData("a classic burger with know onions", true)]
    [InlineData("a classic burger and know lettuce and onions", true)]
    [InlineData("you know onions are good, a classic burger with onions", false)]
    public void Know_before_an_option_is_a_no_that_was_misheard(string words, bool isLeftOff) =>
        s_burger.Parse(words, MatchThresholds.Accept).Lines.Single().Without.Contains("onions").ShouldBe(isLeftOff, words);
}
