using VoiceOrdering.Grains.Restaurants.Matching;
using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Tests.Restaurants.Matching;

/// <summary>One thing for another: which of the two is wanted depends on the verb and on the word between them.</summary>
public sealed class ExchangeTests
{
    [Theory]
    [InlineData("a wrap, substitute tomatoes for the lettuce", "1 wrap +tomatoes -lettuce")]
    [InlineData("a wrap with chicken and substitute the lettuce with corn", "1 wrap +chicken +corn -lettuce")]
    [InlineData("a wrap but swap the lettuce for onions", "1 wrap +onions -lettuce")]
    [InlineData("a wrap, replace lettuce with olives and add cheese", "1 wrap +cheese +olives -lettuce")]
    [InlineData("can you exchange the lettuce for corn on a wrap", "1 wrap +corn -lettuce")]
    [InlineData("a wrap with steak for my friend and no lettuce", "1 wrap +steak -lettuce")]
    [InlineData("a wrap, substitute tomatoes for the lettuce, and two colas for the kids", "1 wrap +tomatoes -lettuce; 2 cola")]
    public void What_is_given_and_what_is_taken(string said, string expected) => Lines.Of(InventedMenus.WrapBar, said).ShouldBe(expected);

    [Theory]
    [InlineData("a mocha, add espresso", "1 mocha +espresso-shot")]
    [InlineData("a mocha with espresso and a cookie", "1 mocha +espresso-shot; 1 cookie")]
    [InlineData("a mocha and an espresso", "1 mocha; 1 espresso")]
    [InlineData("a mocha with a cookie", "1 mocha; 1 cookie")]
    [InlineData("add espresso", "1 espresso")]
    public void Bare_words_after_an_adding_word_begin_an_option_of_the_line(string said, string expected) => Lines.Of(s_cafe, said).ShouldBe(expected);

    private static readonly MenuIndex s_cafe = MenuIndex.Build(new MenuSnapshot(1, new Menu("USD", new TaxRule(false, new Dictionary<string, int> { ["food"] = 0 }),
    [
        new MenuCategory("all", "All",
        [
            TestMenus.Item("mocha", "Mocha", 400) with { Groups = [new OptionGroup("extras", "Extras", 0, 3, [TestMenus.Option("espresso-shot", "Espresso Shot", 80), TestMenus.Option("oat-milk", "Oat Milk", 60), TestMenus.Option("cream", "Whipped Cream", 50)])] },
            TestMenus.Item("espresso", "Espresso", 250), TestMenus.Item("milk", "Milk", 150), TestMenus.Item("cookie", "Cookie", 200),
        ]),
    ])));
}
