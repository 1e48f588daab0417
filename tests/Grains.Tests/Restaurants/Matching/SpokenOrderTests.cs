namespace VoiceOrdering.Grains.Tests.Restaurants.Matching;

/// <summary>One fact per rule, each with sentences of its own at restaurants that were not used to find the rule.</summary>
public sealed class SpokenOrderTests
{
    [Theory]
    [InlineData("a couple of wraps with chicken", "2 wrap +chicken")]
    [InlineData("half a dozen flatbreads please", "6 flatbread")]
    [InlineData("twenty five colas", "25 cola")]
    [InlineData("i'd like a pair of onion rings and another lemonade", "2 onion-rings; 1 lemonade")]
    [InlineData("gimme 3 large cokes", "3 cola/large")]
    [InlineData("two orders of chips and salsa", "2 chips-and-salsa")]
    [InlineData("just one bowl with steak", "1 rice-bowl +steak")]
    [InlineData("a dozen onion rings two waters", "12 onion-rings; 2 bottled-water")]
    [InlineData("can i get a wrap with cheese make that two", "2 wrap +cheese")]
    [InlineData("lemonades two please", "2 lemonade")]
    [InlineData("a cola and another one", "2 cola")]
    public void Quantities(string said, string expected) => Lines.Of(InventedMenus.WrapBar, said).ShouldBe(expected);

    [Theory]
    [InlineData("to large colas", "2 cola/large")]
    [InlineData("i'd like for lemonades", "4 lemonade")]
    [InlineData("too small wraps with steak", "2 wrap/small +steak")]
    [InlineData("i'd like to order a cola to go", "1 cola")]
    [InlineData("i'll go for onion rings", "1 onion-rings")]
    [InlineData("a wrap with shrimp for me please", "1 wrap +shrimp")]
    public void Words_that_sound_like_numbers(string said, string expected) => Lines.Of(InventedMenus.WrapBar, said).ShouldBe(expected);

    [Theory]
    [InlineData("a large wrap with tofu", "1 wrap/large +grilled-tofu")]
    [InlineData("a wrap with tofu in a large", "1 wrap/large +grilled-tofu")]
    [InlineData("one wrap in small size with corn", "1 wrap/small +corn")]
    [InlineData("a cola large and a lemonade small", "1 cola/large; 1 lemonade/small")]
    [InlineData("i want a wrap make it large with onions", "1 wrap/large +onions")]
    [InlineData("two iced teas the large size", "2 iced-tea/large")]
    [InlineData("a medium sized diet coke", "1 diet-cola/medium")]
    [InlineData("a wrap which is large with beans", "1 wrap/large +black-beans")]
    public void Sizes_before_after_and_apart(string said, string expected) => Lines.Of(InventedMenus.WrapBar, said).ShouldBe(expected);

    [Theory]
    [InlineData("a steak and cheese wrap with a cola", "1 wrap +cheese +steak; 1 cola")]
    [InlineData("three pulled pork bowls with corn and sour cream and two large lemonades", "3 rice-bowl +corn +pulled-pork +sour-cream; 2 lemonade/large")]
    [InlineData("a flatbread with shrimp olives cheese a small cola and rings", "1 flatbread +cheese +olives +shrimp; 1 cola/small; 1 onion-rings")]
    [InlineData("wrap chicken lettuce tomatoes and a water", "1 wrap +chicken +tomatoes; 1 bottled-water")]
    [InlineData("a chicken wrap on whole wheat with guac", "1 wrap +chicken +guacamole +whole-wheat")]
    [InlineData("i'd like chicken and black beans in a bowl", "1 rice-bowl +black-beans +chicken")]
    [InlineData("a cola and a wrap with steak oh and add jalapenos to the wrap", "1 cola; 1 wrap +jalapenos +steak")]
    [InlineData("a bowl with tofu and a cola with extra corn", "1 rice-bowl +corn(extra) +grilled-tofu; 1 cola")]
    [InlineData("mac and cheese large and a mac n cheese small", "1 mac-&-cheese/large; 1 mac-&-cheese/small")]
    public void Several_items_and_what_belongs_to_them(string said, string expected) => Lines.Of(InventedMenus.WrapBar, said).ShouldBe(expected);

    [Theory]
    [InlineData("two large wraps one with chicken and one with olives", "1 wrap/large +chicken; 1 wrap/large +olives")]
    [InlineData("three bowls two with steak and one with shrimp", "2 rice-bowl +steak; 1 rice-bowl +shrimp")]
    [InlineData("two bowls with steak and one with shrimp", "2 rice-bowl +steak; 1 rice-bowl +shrimp")]
    [InlineData("a wrap with steak and another with tofu", "1 wrap +steak; 1 wrap +grilled-tofu")]
    [InlineData("a small with steak and a large with tofu", "1 wrap/small +steak; 1 wrap/large +grilled-tofu")]
    [InlineData("a wrap and a bowl both with chicken", "1 wrap +chicken; 1 rice-bowl +chicken")]
    [InlineData("four wraps all of them with cheese", "4 wrap +cheese")]
    [InlineData("a cola and a lemonade both large", "1 cola/large; 1 lemonade/large")]
    public void Shared_and_divided_lines(string said, string expected) => Lines.Of(InventedMenus.WrapBar, said).ShouldBe(expected);

    [Theory]
    [InlineData("a wrap with steak no onions", "1 wrap +steak !onions")]
    [InlineData("a wrap without lettuce", "1 wrap -lettuce")]
    [InlineData("a bowl with chicken hold the corn", "1 rice-bowl +chicken !corn")]
    [InlineData("a bowl with chicken but i don't want any corn or olives", "1 rice-bowl +chicken !corn !olives")]
    [InlineData("a wrap minus the lettuce with steak", "1 wrap +steak -lettuce")]
    [InlineData("chicken wrap leave off the lettuce", "1 wrap +chicken -lettuce")]
    [InlineData("chicken wrap leave the lettuce off and add corn", "1 wrap +chicken +corn -lettuce")]
    [InlineData("a shrimp bowl with no cheese and extra corn", "1 rice-bowl +corn(extra) +shrimp !cheese")]
    [InlineData("no lettuce on a chicken wrap and a cola", "1 wrap +chicken -lettuce; 1 cola")]
    [InlineData("a flatbread with everything you have but i'm allergic to shrimp", "1 flatbread !shrimp")]
    [InlineData("a wrap not whole wheat with tofu", "1 wrap +grilled-tofu !whole-wheat")]
    [InlineData("a wrap with steak and without onions and with corn", "1 wrap +corn +steak !onions")]
    [InlineData("a chicken wrap with guac instead of lettuce", "1 wrap +chicken +guacamole -lettuce")]
    [InlineData("a bowl with steak please no drinks with that", "1 rice-bowl +steak")]
    [InlineData("no thanks just a cola", "1 cola")]
    [InlineData("a wrap with tofu and no extra cheese", "1 wrap +grilled-tofu !cheese(extra)")]
    public void Negation(string said, string expected) => Lines.Of(InventedMenus.WrapBar, said).ShouldBe(expected);

    [Theory]
    [InlineData("a wrap with extra cheese and light sour cream", "1 wrap +cheese(extra) +sour-cream(light)")]
    [InlineData("a bowl with a little bit of corn and lots of guac", "1 rice-bowl +corn(light) +guacamole(extra)")]
    [InlineData("a steak wrap go easy on the onions", "1 wrap +onions(light) +steak")]
    [InlineData("a steak wrap with ranch on the side", "1 wrap +ranch-sauce(side) +steak")]
    [InlineData("a bowl with not too much cheese", "1 rice-bowl +cheese(light)")]
    [InlineData("double cheese on a chicken wrap", "1 wrap +cheese(extra) +chicken")]
    [InlineData("a wrap with extra lettuce", "1 wrap =lettuce(extra)")]
    [InlineData("a wrap heavy on the beans with a touch of hot sauce", "1 wrap +black-beans(extra) +hot-sauce(light)")]
    [InlineData("an extra cheese wrap", "1 wrap +cheese(extra)")]
    public void Amounts(string said, string expected) => Lines.Of(InventedMenus.WrapBar, said).ShouldBe(expected);

    [Theory]
    [InlineData("a small cola actually a large cola", "1 cola/large")]
    [InlineData("a small cola actually make that a large", "1 cola/large")]
    [InlineData("two wraps with steak no wait three", "3 wrap +steak")]
    [InlineData("a cola no wait a lemonade", "1 lemonade")]
    [InlineData("a wrap with steak i mean tofu", "1 wrap +grilled-tofu")]
    [InlineData("a wrap and a cola scratch that a water", "1 wrap; 1 bottled-water")]
    [InlineData("a chicken wrap and actually also a cola", "1 wrap +chicken; 1 cola")]
    [InlineData("a chicken wrap and a cola never mind", "1 wrap +chicken")]
    [InlineData("sorry can i get a cola", "1 cola")]
    public void Corrections(string said, string expected) => Lines.Of(InventedMenus.WrapBar, said).ShouldBe(expected);

    [Theory]
    [InlineData("um hi there could i please maybe get a wrap with like some chicken in it thanks so much", "1 wrap +chicken")]
    [InlineData("good evening how are you tonight my order is for two bowls with shrimp that's all for today", "2 rice-bowl +shrimp")]
    [InlineData("i think i'll go with the flatbread and for toppings i'd like corn and cheese", "1 flatbread +cheese +corn")]
    [InlineData("for my drink i'd like an iced tea and for a side let me have the onion rings", "1 iced-tea; 1 onion-rings")]
    [InlineData("can i have a can of coke", "1 cola")]
    public void Ordinary_talk(string said, string expected) => Lines.Of(InventedMenus.WrapBar, said).ShouldBe(expected);

    [Theory]
    [InlineData("a rap with chiken", "1 wrap +chicken")]
    [InlineData("flat bread with jalapeños", "1 flatbread +jalapenos")]
    [InlineData("a wrap with gwacamole", "1 wrap +guacamole")]
    [InlineData("a dietcoke and a lemmonade", "1 diet-cola; 1 lemonade")]
    [InlineData("ice tea", "1 iced-tea")]
    [InlineData("a bowl with tomatos", "1 rice-bowl +tomatoes")]
    [InlineData("a wrap with honey mustard", "1 wrap +honey-mustard-sauce")]
    public void Misheard_and_shortened_words(string said, string expected) => Lines.Of(InventedMenus.WrapBar, said).ShouldBe(expected);

    [Theory]
    [InlineData("a full beef ramen with two eggs and no green onions", "1 spicy-beef-ramen/full +soft-egg -scallions")]
    [InlineData("chicken ramen half very hot", "1 chicken-ramen/half +very-hot")]
    [InlineData("two udon extra mushrooms hold the scallions and six piece gyoza", "2 tofu-udon +mushrooms(extra) -scallions; 1 dumplings/6-piece")]
    [InlineData("a large iced jasmine tea with lychee and boba", "1 jasmine-tea/large +iced +lychee-syrup +tapioca-pearls")]
    [InlineData("a small decaf peach green tea with a bit of honey", "1 green-tea/small +decaf +honey(light) +peach-syrup")]
    [InlineData("a milk tea with vanilla and peach syrup", "1 milk-tea +peach-syrup +vanilla-syrup")]
    [InlineData("12 piece dumplings and spring rolls and three large green teas no foam", "1 dumplings/12-piece; 1 spring-rolls; 3 green-tea/large !milk-foam")]
    [InlineData("can i do one chicken ramen mild and one beef ramen hot", "1 chicken-ramen; 1 spicy-beef-ramen +hot")]
    public void At_the_noodle_kitchen(string said, string expected) => Lines.Of(InventedMenus.NoodleKitchen, said).ShouldBe(expected);
}
