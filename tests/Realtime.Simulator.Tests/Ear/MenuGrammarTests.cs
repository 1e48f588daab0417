using Shouldly;
using VoiceOrdering.Realtime.Simulator.Agent;
using VoiceOrdering.Realtime.Simulator.Ear;
using VoiceOrdering.Realtime.Simulator.Tests.Agent;
using Xunit;
using Xunit.Abstractions;

namespace VoiceOrdering.Realtime.Simulator.Tests.Ear;

public sealed class MenuGrammarTests(ITestOutputHelper output)
{
    private static readonly Menu Grill = MenuBlock.ReadMenu(SampleMenus.Grill);

    [Theory]
    [InlineData("two double classic burgers with bacon and no onions and a large cola", true)]
    [InlineData("i'd like an apple pie please", true)]
    [InlineData("can i get a classic meal with a cola and onion rings", true)]
    [InlineData("twelve piece buffalo wings with ranch", true)]
    [InlineData("make that three", true)]
    [InlineData("actually a large", true)]
    [InlineData("remove the cola", true)]
    [InlineData("change the cola to a large lemonade", true)]
    [InlineData("a fire burger without onions or pickles and that's all", true)]
    [InlineData("yes place the order", true)]
    [InlineData("a apple pie", false)]
    [InlineData("two classic burger", false)]
    [InlineData("a cola with bacon", false)]
    [InlineData("a large classic burger", false)]
    public void Sentences_of_the_menu_are_sayable_and_others_are_not(string sentence, bool expected) =>
        MenuGrammar.Build(Grill).Accepts(sentence).ShouldBe(expected);

    [Fact]
    public void Every_drawn_sentence_means_something_to_the_agent()
    {
        var grammar = MenuGrammar.Build(Grill);
        var sampler = new GrammarSampler(grammar, new Random(5));
        var reader = new SentenceReader(new MenuLexicon(Grill));
        var context = new OrderContext(Grill.Items.Select(item => item.Id).ToHashSet(), null);
        output.WriteLine($"{grammar.NodeCount} nodes, {grammar.Words.Length} words, {grammar.Successors.Sum(next => next.Length)} edges");

        for (var i = 0; i < 500; i++)
        {
            var text = grammar.Text(sampler.Draw());
            grammar.Accepts(text).ShouldBeTrue(text);
            var acts = reader.Read(text, context);
            acts.ShouldNotBeEmpty(text);
            if (i < 40)
            {
                output.WriteLine($"{text} => {SentenceReaderTests.Describe(acts)}");
            }
        }
    }

    [Fact]
    public void Covering_sentences_hold_every_word_often_enough()
    {
        var grammar = MenuGrammar.Build(Grill);
        var sentences = new GrammarSampler(grammar, new Random(1)).DrawCovering(6);
        var counts = sentences.SelectMany(nodes => nodes).CountBy(node => grammar.NodeWords[node]).ToList();
        output.WriteLine($"{sentences.Count} sentences, {sentences.Average(nodes => nodes.Length):0.0} words each");

        counts.Count.ShouldBe(grammar.Words.Length);
        counts.Min(pair => pair.Value).ShouldBeGreaterThanOrEqualTo(6);
    }

    [Theory]
    [InlineData("Apple Pie", "Apple Pies")]
    [InlineData("Iced Tea", "Iced Teas")]
    [InlineData("French Fries", "French Fries")]
    [InlineData("Cherry", "Cherries")]
    [InlineData("Sandwich", "Sandwiches")]
    public void Several_have_their_own_name(string name, string expected) => SpokenWords.Plural(name).ShouldBe(expected);
}
