using System.Globalization;
using VoiceOrdering.Grains.Restaurants;
using VoiceOrdering.Grains.Restaurants.Matching;
using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Tests.Restaurants.Matching;

public sealed class DemoMenuTests
{
    private static readonly MenuIndex s_burger = MenuIndex.Build(new MenuSnapshot(1, DemoRestaurants.Load("demo-burger").Menu));
    private static readonly MenuIndex s_pizza = MenuIndex.Build(new MenuSnapshot(1, DemoRestaurants.Load("demo-pizza").Menu));

    [Theory]
    [InlineData("two classic burgers with bacon but no onions and a large cola", "2 classic-burger/single +bacon -onions; 1 cola/large")]
    [InlineData("I'd like a double cheeseburger with cheddar, no pickles, and medium fries", "1 cheeseburger/double +cheddar -pickles; 1 french-fries/medium")]
    [InlineData("can I get the classic combo with onion rings and a lemonade please", "1 classic-combo +lemonade +onion-rings")]
    [InlineData("no onions on the classic burger", "1 classic-burger/single -onions")]
    [InlineData("hold the pickles on a cheeseburger and give me a couple of root beers", "1 cheeseburger/single -pickles; 2 root-beer/medium")]
    [InlineData("a classic burger, a small lemonade and onion rings", "1 classic-burger/single; 1 lemonade/small; 1 onion-rings/medium")]
    [InlineData("large sweet potato fries, two vanilla milkshakes and an apple pie with ice cream", "1 sweet-potato-fries/large; 2 vanilla-shake/regular; 1 apple-pie +ice-cream-scoop")]
    [InlineData("no, I want a diet coke", "1 diet-cola/medium")]
    [InlineData("a dozen chicken nuggets with ranch", "12 chicken-nuggets/small +ranch")]
    [InlineData("french fries large and a cola", "1 french-fries/large; 1 cola/medium")]
    [InlineData("classic burger leave off the tomatoes and add avocado", "1 classic-burger/single +avocado -tomato")]
    [InlineData("a burger with cheddar, make that two", "2 classic-burger/single +cheddar")]
    [InlineData("a cheese burger and two rootbeers", "1 cheeseburger/single; 2 root-beer/medium")]
    [InlineData("a coke and a chessburger", "1 cola/medium; 1 cheeseburger/single")]
    [InlineData("3 colas", "3 cola/medium")]
    [InlineData("two brownies and three apple pies", "2 brownie; 3 apple-pie")]
    public void Sentences_become_lines_at_the_burger_place(string said, string expected) => Show(s_burger.Parse(said, MatchThresholds.Accept)).ShouldBe(expected);

    [Fact]
    public void Every_item_is_surely_known_by_its_name_and_by_the_plural_of_it()
    {
        foreach (var index in new[] { s_burger, s_pizza })
        {
            index.Items.Where(item => index.ConfidenceOf(item, item.Item.Name) < LineTrustTests.Highest).Select(item => item.Item.Name).ShouldBeEmpty();
            index.Items.Where(item => index.ConfidenceOf(item, $"two {PluralOf(item.Item.Name)}") < MatchThresholds.Accept).Select(item => PluralOf(item.Item.Name)).ShouldBeEmpty();
            index.Items.Where(item => index.ConfidenceOf(item, PluralOf(item.Item.Name)) < MatchThresholds.Accept).Select(item => PluralOf(item.Item.Name)).ShouldBeEmpty();
        }
    }

    private static string PluralOf(string name) => name switch
    {
        _ when name.EndsWith('s') => name,
        _ when name.EndsWith('y') && !"aeo".Contains(name[^2], StringComparison.Ordinal) => name[..^1] + "ies",
        _ when name.EndsWith("ch", StringComparison.Ordinal) || name.EndsWith("sh", StringComparison.Ordinal) => name + "es",
        _ => name + "s",
    };

    [Theory]
    [InlineData("two large thin crust pepperoni pizzas with mushrooms", "2 pepperoni-pizza/large +mushrooms +thin-crust")]
    [InlineData("a large pepperoni and a cola", "1 pepperoni-pizza/large; 1 cola/regular")]
    [InlineData("a medium margherita with extra cheese and a small hawaiian without pineapple", "1 margherita/medium +extra-cheese; 1 hawaiian-pizza/small -pineapple")]
    [InlineData("family deal with large pepperoni, garlic bread and a diet coke", "1 family-deal +diet-cola +garlic-bread-basket +large-pepperoni")]
    [InlineData("lasagna with parmesan, garlic bread with cheese and a tiramisu", "1 lasagna +parmesan; 1 garlic-bread +melted-cheese; 1 tiramisu")]
    [InlineData("gelato with vanilla and chocolate", "1 gelato/small +chocolate +vanilla")]
    public void Sentences_become_lines_at_the_pizza_place(string said, string expected) => Show(s_pizza.Parse(said, MatchThresholds.Accept)).ShouldBe(expected);

    [Fact]
    public void Every_name_and_alias_of_the_menus_names_its_item()
    {
        foreach (var index in new[] { s_burger, s_pizza })
            foreach (var item in index.Items)
                foreach (var phrase in item.Item.Aliases.Prepend(item.Item.Name))
                {
                    var line = index.Parse($"two {phrase} please", MatchThresholds.Accept).Lines.ShouldHaveSingleItem(phrase);
                    (line.ItemId, line.Quantity, line.Decision).ShouldBe((item.Item.Id, 2, "accept"), phrase);
                    index.ConfidenceOf(item, phrase).ShouldBe(LineTrustTests.Highest, phrase);
                }
    }

    [Fact]
    public void Words_that_name_nothing_are_reported_with_at_most_three_suggestions()
    {
        var parsed = s_burger.Parse("a sushi platter and a mushroom pie", MatchThresholds.Accept);
        parsed.Lines.ShouldNotContain(line => line.Decision == "accept");
        parsed.Unmatched.ShouldContain(words => words.Text == "sushi platter");
        s_burger.Suggest("chicken", 3).Length.ShouldBe(3);
        s_burger.Suggest("chicken", 3).Select(suggestion => suggestion.Confidence).ShouldBeInOrder(SortDirection.Descending);
    }

    [Fact]
    public void An_unknown_word_before_a_name_asks_for_confirmation()
    {
        var line = s_burger.Parse("one vegan cheeseburger", MatchThresholds.Accept).Lines.ShouldHaveSingleItem();
        (line.ItemId, line.Decision).ShouldBe(("cheeseburger", "confirm"));
        line.Confidence.ShouldBeInRange(MatchThresholds.Confirm, MatchThresholds.Accept - 0.01);
    }

    [Fact]
    public void The_threshold_decides_between_accept_and_confirm()
    {
        s_burger.Parse("a chessburger", 0.75).Lines.Single().Decision.ShouldBe("accept");
        s_burger.Parse("a chessburger", 0.95).Lines.Single().Decision.ShouldBe("confirm");
    }

    [Theory]
    [InlineData("classic-burger", "I'd like a classic burger and two colas", 0.95, 1)]
    [InlineData("cola", "I'd like a classic burger and two cokes", 0.95, 1)]
    [InlineData("classic-burger", "the classic one", 0.5, 0.75)]
    [InlineData("cola", "the second one", 0, 0.1)]
    [InlineData("cheesecake", "a cheese burger", 0, 0.49)]
    [InlineData("french-fries", "sweet potato fries", 0, 0.49)]
    [InlineData("vanilla-shake", "a chocolate shake", 0, 0.49)]
    public void Confidence_tells_how_well_words_fit_an_item(string item, string heard, double least, double most) =>
        s_burger.ConfidenceOf(s_burger.Find(item)!, heard).ShouldBeInRange(least, most);

    [Fact]
    public void The_same_words_always_give_the_same_answer_and_nothing_makes_it_throw()
    {
        string[] parts = ["two", "large", "no", "with", "onions", "cola", "burger", ",", "and", "extra", "take", "off", "x", "2", "ünïcode", "\u0000", "'", "a", "the", "cheese", "12345678901234567890", new string('q', 300)];
        var random = new Random(20261121);
        for (var round = 0; round < 2_000; round++)
        {
            var said = string.Join(' ', Enumerable.Range(0, random.Next(0, 14)).Select(_ => parts[random.Next(parts.Length)]));
            var first = Show(s_burger.Parse(said, 0.75));
            Show(s_burger.Parse(said, 0.75)).ShouldBe(first, said);
        }
    }

    private static string Show(ParsedOrder parsed) => string.Join("; ", parsed.Lines.Select(line =>
        string.Create(CultureInfo.InvariantCulture, $"{line.Quantity} {line.ItemId}{(line.Size is null ? "" : "/" + line.Size)}")
        + string.Concat(line.Options.Select(option => " +" + option)) + string.Concat(line.Without.Select(option => " -" + option))));
}
