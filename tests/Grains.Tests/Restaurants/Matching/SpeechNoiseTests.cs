using VoiceOrdering.Bench.Matching;

namespace VoiceOrdering.Grains.Tests.Restaurants.Matching;

/// <summary>The noise of <c>./vo bench match --data</c> and the figures beside it.</summary>
public sealed class SpeechNoiseTests
{
    private const string Sentence = "i would like two large lemonades and a cheeseburger with bacon but no onions please";

    [Fact]
    public void The_same_seed_spoils_a_sentence_in_the_same_way_and_another_one_otherwise()
    {
        var spoiled = Enumerable.Range(0, 40).Select(seed => new SpeechNoise(seed, 0.3).Spoil(Sentence)).ToArray();
        spoiled.ShouldBe(Enumerable.Range(0, 40).Select(seed => new SpeechNoise(seed, 0.3).Spoil(Sentence)));
        spoiled.Distinct().Count().ShouldBeGreaterThan(35);
        spoiled.ShouldAllBe(text => text.Length > 10 && !text.Contains("  ", StringComparison.Ordinal) && !text.Contains('+', StringComparison.Ordinal));
    }

    [Fact]
    public void About_as_many_words_are_spoiled_as_were_asked_for()
    {
        new SpeechNoise(1, 0).Spoil(Sentence).ShouldBe(Sentence);
        var words = Sentence.Split(' ').ToHashSet();
        var kept = Enumerable.Range(0, 400).Average(seed => new SpeechNoise(seed, 0.12).Spoil(Sentence).Split(' ').Count(words.Contains)) / words.Count;
        kept.ShouldBeInRange(0.86, 0.95);
    }

    [Fact]
    public void Calibration_is_the_distance_of_what_is_said_and_what_is_right()
    {
        JudgedLine[] honest = [.. Enumerable.Range(0, 10).Select(at => new JudgedLine(0.8, true, at < 8))];
        Calibration.Error(honest, line => line.AllIsRight).ShouldBe(0, 1e-9);
        Calibration.Error(honest, line => line.ItemIsRight).ShouldBe(20, 1e-9);
        Calibration.Brier(honest, line => line.AllIsRight).ShouldBe((8 * 0.04 + 2 * 0.64) / 10, 1e-9);
        Calibration.Bins([new JudgedLine(0.2, false, false), new JudgedLine(1, true, true)]).Select(bin => bin.Lines.Count).ShouldBe([1, 1]);
    }
}
