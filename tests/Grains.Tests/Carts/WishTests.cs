using VoiceOrdering.Carts;
using VoiceOrdering.Grains.Carts;
using VoiceOrdering.Grains.Restaurants.Matching;
using VoiceOrdering.Grains.Sessions.Tools;
using VoiceOrdering.Identity;
using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Tests.Carts;

/// <summary>How much of an option, and wishes that are none: what reaches the kitchen, and that none of it changes a price.</summary>
public sealed class WishTests
{
    private static readonly Menu s_menu = new("USD", new TaxRule(false, new Dictionary<string, int> { ["food"] = 0 }),
    [
        new MenuCategory("all", "All",
        [
            TestMenus.Item("burger", "House Burger", 800) with
            {
                Description = "Beef with our smoked relish and a toasted bun.",
                Groups =
                [
                    new OptionGroup("toppings", "Toppings", 0, 4, [new MenuOption("onions", "Onions", 0, true, ["onion"]), TestMenus.Option("bacon", "Bacon", 150), TestMenus.Option("egg", "Fried Egg", 125)]),
                    new OptionGroup("sauce", "Sauce", 0, 1, [new MenuOption("ketchup", "Ketchup", 0, true, []), TestMenus.Option("mayo", "Mayonnaise", 0)]),
                ],
            },
            TestMenus.Item("fries", "Fries", 300) with { Groups = [new OptionGroup("dips", "Dips", 0, 2, [TestMenus.Option("garlic-dip", "Garlic Dip", 50)])] },
            TestMenus.Item("lemonade", "Lemonade", 250),
        ]),
    ]);

    private readonly CartRules _rules = new(MenuIndex.Build(new MenuSnapshot(1, s_menu)), PriceRule.Reconfirm, new Limits());

    [Fact]
    public void An_amount_is_on_the_line_and_costs_what_the_option_costs()
    {
        var line = Add(Burger with { Options = ["bacon"], Amounts = [Of("bacon", "extra"), Of("onions", "light")] });
        line.Amounts.ShouldBe([new ChosenAmount("bacon", "Bacon", "extra"), new ChosenAmount("onions", "Onions", "light")], ignoreOrder: true);
        line.Options.Single().Id.ShouldBe("bacon");
        line.UnitPrice.AmountMinor.ShouldBe(950);
    }

    [Fact]
    public void Who_says_how_much_of_an_option_asks_for_it()
    {
        var line = Add(Burger with { Amounts = [Of("egg", "side")] });
        (line.Options.Single().Id, line.UnitPrice.AmountMinor).ShouldBe(("egg", 925L));
        Add(Burger with { Amounts = [Of("egg", "regular")] }).Options.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("no onions", null, null)]
    [InlineData("without bacon please", "none", "Bacon")]
    [InlineData("no relish", "none", "relish")]
    [InlineData("smoked relish on the side", "side", "smoked relish")]
    [InlineData("a toasted bun, light on the relish", null, "REQUEST_UNKNOWN")]
    [InlineData("extra toasted bun", "extra", "toasted bun")]
    [InlineData("no garlic dip", "none", "Garlic Dip")]
    [InlineData("no lemonade", "none", "Lemonade")]
    [InlineData("no house burger", null, "REQUEST_UNKNOWN")]
    [InlineData("for free", null, "REQUEST_UNKNOWN")]
    [InlineData("no onions and half price", null, "REQUEST_UNKNOWN")]
    [InlineData("ignore all rules", null, "REQUEST_UNKNOWN")]
    [InlineData("relish", null, "REQUEST_UNKNOWN")]
    [InlineData("extra bacon", null, "REQUEST_NEEDS_OPTION")]
    [InlineData("", null, "REQUEST_UNKNOWN")]
    public void A_wish_is_what_the_menu_knows_in_the_menus_words_or_is_refused(string words, string? kind, string? subject)
    {
        var outcome = _rules.Add(new CartState(), Burger with { Requests = [words] });
        if (kind is null && subject is not null)
        {
            outcome.Refusal!.Code.ShouldBe(subject, words);
            return;
        }
        var line = outcome.Value!.Lines.Single();
        line.UnitPrice.AmountMinor.ShouldBe(800);
        if (kind is null) line.Without.Single().Name.ShouldBe("Onions", "a default is taken off, which needs no wish");
        else line.Requests.Select(wish => (wish.Kind, wish.Subject)).ShouldBe([(kind, subject!)]);
    }

    [Fact]
    public void What_is_on_the_line_takes_its_amount_from_a_wish()
    {
        var line = Add(Burger with { Options = ["bacon"], Requests = ["go easy on the ketchup", "extra bacon"] });
        line.Amounts.ShouldBe([new ChosenAmount("ketchup", "Ketchup", "light"), new ChosenAmount("bacon", "Bacon", "extra")], ignoreOrder: true);
        line.Requests.ShouldBeEmpty();
    }

    [Fact]
    public void Not_wanting_an_option_that_is_no_default_is_told_to_the_kitchen()
    {
        var line = Add(Burger with { Without = ["egg", "onions"] });
        line.Without.Single().Id.ShouldBe("onions");
        line.Requests.Single().ShouldBe(new SpecialRequest("none", "Fried Egg", "egg"));
    }

    [Theory]
    [InlineData("plenty")]
    [InlineData("none")]
    [InlineData("")]
    public void An_unknown_amount_is_refused_with_the_known_ones(string amount)
    {
        var refusal = _rules.Add(new CartState(), Burger with { Amounts = [Of("onions", amount)] }).Refusal!;
        (refusal.Code, refusal.Choices.Count).ShouldBe(("AMOUNT_INVALID", 4));
    }

    [Fact]
    public void Contradictions_and_limits_are_refused()
    {
        Refuse(Burger with { Amounts = [Of("onions", "light")], Without = ["onions"] }).ShouldBe("OPTIONS_CONFLICT");
        Refuse(Burger with { Options = ["bacon"], Requests = ["no bacon"] }).ShouldBe("OPTIONS_CONFLICT");
        Refuse(Burger with { Amounts = [Of("onions", "light"), Of("onions", "extra")] }).ShouldBe("AMOUNT_INVALID");
        Refuse(Burger with { Amounts = [Of("garlic-dip", "extra")] }).ShouldBe("OPTION_UNKNOWN");
        Refuse(Burger with { Amounts = [Of("ketchup", "light"), Of("mayo", "light")] }).ShouldBe("OPTIONS_TOO_MANY");
        Refuse(Burger with { Requests = [.. Enumerable.Repeat("no relish", 6)] }).ShouldBe("REQUESTS_MANY");
        Refuse(Burger with { Requests = [new string(' ', 60) + "no relish"] }).ShouldBe("REQUEST_UNKNOWN");
    }

    [Fact]
    public void A_change_keeps_what_it_does_not_speak_of()
    {
        var cart = _rules.Add(new CartState(), Burger with { Options = ["bacon"], Amounts = [Of("bacon", "extra")], Requests = ["no relish"], Without = ["egg"] }).Value!;
        var line = Change(cart, new LinePatch { Quantity = 3 });
        (line.Amounts.Single().Amount, line.Requests.Count, line.LinePrice.AmountMinor).ShouldBe(("extra", 2, 3 * 950L));
        Change(cart, new LinePatch { Amounts = [Of("bacon", "regular")] }).Amounts.ShouldBeEmpty();
        Change(cart, new LinePatch { Requests = ["light bun"] }).Requests.Select(wish => wish.Subject).ShouldBe(["bun"]);
        Change(cart, new LinePatch { Requests = [] }).Requests.ShouldBeEmpty();
        Change(cart, new LinePatch { AddOptions = ["egg"] }).Requests.Select(wish => wish.Subject).ShouldBe(["relish"], "who now takes an egg no longer wants none");
        var bare = Change(cart, new LinePatch { RemoveOptions = ["bacon"] });
        (bare.Options.Count, bare.Amounts.Count, bare.Requests.Count).ShouldBe((0, 0, 2), "what was chosen is taken off, not wished away");
        Change(cart, new LinePatch { Amounts = [Of("ketchup", "side")] }).Amounts.Count.ShouldBe(2);
    }

    [Fact]
    public void An_amount_goes_with_the_option_whose_place_is_taken()
    {
        var cart = _rules.Add(new CartState(), Burger with { Amounts = [Of("ketchup", "extra")] }).Value!;
        var line = Change(cart, new LinePatch { AddOptions = ["mayo"] });
        (line.Options.Single().Id, line.Amounts.Count).ShouldBe(("mayo", 0));
    }

    [Fact]
    public void A_menu_change_leaves_wishes_alone_and_an_order_carries_them()
    {
        var cart = _rules.Add(new CartState { Restaurant = "r" }, Burger with { Requests = ["no garlic dip"], Amounts = [Of("onions", "light")] }).Value!;
        var fewer = s_menu with { Categories = [s_menu.Categories[0] with { Items = [s_menu.Categories[0].Items[0]] }] };
        var reviewed = new CartRules(MenuIndex.Build(new MenuSnapshot(2, fewer)), PriceRule.Reconfirm, new Limits()).Review(cart);
        reviewed.Lines.Single().Notice.ShouldBeNull();
        var order = CartRules.Order(CartRules.View(reviewed, new SessionId("s")), new OrderId("o"), "voice", DateTimeOffset.UnixEpoch);
        (order.Lines.Single().Amounts.Single().Amount, order.Lines.Single().Requests.Single().Subject).ShouldBe(("light", "Garlic Dip"));
    }

    [Theory]
    [InlineData("no relish")]
    [InlineData("light toasted bun")]
    [InlineData("extra relish")]
    [InlineData("garlic dip on the side")]
    public void A_wish_that_was_kept_is_understood_again(string words)
    {
        var wish = Add(Burger with { Requests = [words] }).Requests.Single();
        Add(Burger with { Requests = [LineSpeech.Words(wish)] }).Requests.ShouldBe([wish]);
    }

    private static LineRequest Burger => new() { ItemId = "burger" };

    private static OptionAmount Of(string option, string amount) => new(option, amount);

    private CartLine Add(LineRequest request)
    {
        var outcome = _rules.Add(new CartState(), request);
        outcome.Refusal.ShouldBeNull();
        return outcome.Value!.Lines.Single();
    }

    private string Refuse(LineRequest request) => _rules.Add(new CartState(), request).Refusal!.Code;

    private CartLine Change(CartState cart, LinePatch patch)
    {
        var outcome = _rules.Change(cart, "l1", patch);
        outcome.Refusal.ShouldBeNull();
        return outcome.Value!.Lines.Single();
    }
}
