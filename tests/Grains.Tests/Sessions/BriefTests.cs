using VoiceOrdering.Carts;
using VoiceOrdering.Grains.Restaurants;
using VoiceOrdering.Grains.Restaurants.Matching;
using VoiceOrdering.Grains.Sessions.Briefing;
using VoiceOrdering.Identity;
using VoiceOrdering.Restaurants;
using VoiceOrdering.Sessions;

namespace VoiceOrdering.Grains.Tests.Sessions;

public sealed class BriefTests
{
    private static readonly RestaurantProfile s_profile = new(new RestaurantId("r"), "Harbor Burger", "en-US", "UTC", "Welcome.");

    [Fact]
    public void The_menu_block_is_one_item_a_line()
    {
        MenuBlock.Write(TestMenus.Index.Snapshot).Split('\n').ShouldBe(
        [
            "<menu version=\"3\" currency=\"USD\">",
            "## Burgers",
            "- classic-burger | Classic Burger | also: hamburger, plain burger | sizes: single=Single* 7.49, double=Double 9.99 | group cheese \"Cheese\" 0..1: american=American +0.50, cheddar=Cheddar +0.75 | group toppings \"Toppings\" 0..3: onions=Onions*, lettuce=Lettuce*, bacon=Bacon +1.50, egg=Fried Egg +1.25",
            "- cheeseburger | Cheeseburger | 8.29 | group toppings \"Toppings\" 0..3: onions=Onions*, lettuce=Lettuce*, bacon=Bacon +1.50, egg=Fried Egg +1.25",
            "- corn-dog | Corn Dog | 4.99 | unavailable",
            "- classic-combo | Classic Combo | 11.49 | group side \"Side\" 1..1: fries=Fries, rings=Onion Rings +1.25 | group drink \"Drink\" 1..1: cola=Cola, lemonade=Lemonade +0.50",
            "## Pizzas",
            "- margherita | Margherita | sizes: small=Small 7.90, large=Large 13.90 | group crust \"Crust\" 1..1: hand-tossed=Hand Tossed*, thin-crust=Thin Crust, stuffed-crust=Stuffed Crust +2.50",
            "## Drinks",
            "- cola | Cola | also: coke | 2.19",
            "- lemonade | Lemonade | 2.49",
            "</menu>",
        ]);
    }

    [Fact]
    public void A_new_session_gets_rules_then_menu_then_facts_without_cart()
    {
        var brief = BriefBuilder.Build(Source([]), [], new Limits());
        var rules = brief.Instructions.IndexOf("# Role", StringComparison.Ordinal);
        var menu = brief.Instructions.IndexOf("<menu ", StringComparison.Ordinal);
        var facts = brief.Instructions.IndexOf("<facts>", StringComparison.Ordinal);
        (rules >= 0 && rules < menu && menu < facts).ShouldBeTrue();
        brief.Instructions[facts..].ShouldBe("<facts>\nrestaurant: Harbor Burger\nlanguage: de\ngreeting: Welcome.\n</facts>");
        brief.Turns.ShouldBeEmpty();
    }

    [Fact]
    public void What_differs_from_call_to_call_is_only_at_the_end()
    {
        var first = BriefBuilder.Build(Source([]), [], new Limits()).Instructions;
        var resumed = BriefBuilder.Build(Source([new TurnRecord("i", "caller", "hello", null, false, default)]), [], new Limits()).Instructions;
        var common = first.Zip(resumed).TakeWhile(pair => pair.First == pair.Second).Count();
        common.ShouldBeGreaterThan(first.IndexOf("<facts>", StringComparison.Ordinal));
    }

    [Fact]
    public void A_resumed_session_is_seeded_with_its_last_turns()
    {
        var turns = Enumerable.Range(0, 30).Select(number => new TurnRecord($"i{number}", number % 2 == 0 ? "caller" : "assistant", $"words {number}", null, false, default)).ToArray();
        var brief = BriefBuilder.Build(Source(turns), [], new Limits { SeedTurns = 5 });
        brief.Turns.Select(turn => turn.ItemId).ShouldBe(["i25", "i26", "i27", "i28", "i29"]);
        brief.Instructions.ShouldContain("customer said \"words 28\"");
    }

    [Theory]
    [InlineData(749, "USD", "7.49")]
    [InlineData(-50, "USD", "-0.50")]
    [InlineData(5, "EUR", "0.05")]
    [InlineData(1200, "JPY", "1200")]
    [InlineData(1234, "KWD", "1.234")]
    public void Amounts_have_the_decimals_of_their_currency(long minor, string currency, string expected) => CurrencyText.Amount(minor, currency).ShouldBe(expected);

    [Fact]
    public void The_demo_briefs_fit_into_a_models_instructions()
    {
        foreach (var demo in DemoRestaurants.All)
        {
            var source = Source([]) with { Menu = MenuIndex.Build(new MenuSnapshot(1, demo.Menu)) };
            // 16,384 tokens are allowed for instructions and tools; menus take about 3 characters a token.
            BriefBuilder.Build(source, [], new Limits()).Instructions.Length.ShouldBeLessThan(36_000, demo.Profile.Id.Value);
        }
    }

    private static BriefSource Source(TurnRecord[] turns) => new(TestMenus.Index, s_profile, "de", new CartView { Session = new SessionId("s"), Restaurant = s_profile.Id }, turns);
}
