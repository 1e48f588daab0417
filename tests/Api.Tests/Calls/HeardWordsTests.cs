using VoiceOrdering.Api.Calls;

namespace VoiceOrdering.Api.Tests.Calls;

/// <summary>Which words of an item were heard when its playout stopped.</summary>
public sealed class HeardWordsTests
{
    private const string Sentence = "Two cheeseburgers, one cola. Anything else?";

    [Theory]
    [InlineData(0, "")]
    [InlineData(200, "")]
    [InlineData(300, "Two")]
    [InlineData(1750, "Two cheeseburgers,")]
    [InlineData(3999, "Two cheeseburgers, one cola. Anything else?")]
    [InlineData(4000, "Two cheeseburgers, one cola. Anything else?")]
    public void Words_count_when_they_were_spoken_to_their_end(double playedMs, string heard) =>
        HeardWords.Until(Announced(Sentence, 0), playedMs, 4000).ShouldBe(heard);

    [Fact]
    public void More_time_never_means_fewer_words()
    {
        SpokenWords words = Announced(Sentence, 0);
        string before = "";
        for (int ms = 0; ms <= 4000; ms += 10)
        {
            string heard = HeardWords.Until(words, ms, 4000);
            heard.ShouldStartWith(before);
            before = heard;
        }

        before.ShouldBe(Sentence);
    }

    [Fact]
    public void A_word_announced_later_in_the_audio_cannot_have_been_heard_before()
    {
        var words = new SpokenWords();
        words.Append("Two", 0);
        words.Append(" colas.", 1500);

        HeardWords.Until(words, 1400, 1600).ShouldBe("Two");
        HeardWords.Until(words, 1500, 1600).ShouldBe("Two colas.");
    }

    [Fact]
    public void Words_that_trail_the_audio_say_nothing_about_time()
    {
        var words = new SpokenWords();
        words.Append("Two", 4000);
        words.Append(" colas.", 4000);

        HeardWords.Until(words, 900, 1000).ShouldBe("Two colas.");
    }

    [Fact]
    public void Scripts_without_spaces_are_cut_by_character()
    {
        string heard = HeardWords.Until(Announced("两个芝士汉堡一杯可乐", 0), 510, 1000);
        heard.Length.ShouldBe(5);
    }

    private static SpokenWords Announced(string text, double ms)
    {
        var words = new SpokenWords();
        words.Append(text, ms);
        words.Complete(text);
        return words;
    }
}
