using VoiceOrdering.Carts;
using VoiceOrdering.Grains.Carts;

namespace VoiceOrdering.Grains.Tests.Carts;

public sealed class CartGuardrailsTests
{
    private readonly CartGuardrails _guardrails = new(TestMenus.Index, new Limits());

    [Fact]
    public void A_line_takes_its_price_from_the_menu_and_nowhere_else()
    {
        var line = Accept(Ask("classic-burger") with { Size = "double", Options = ["bacon", "cheddar"], Without = ["onions"], Quantity = 2 });
        line.UnitPrice.AmountMinor.ShouldBe(999 + 150 + 75);
        line.LinePrice.AmountMinor.ShouldBe(2 * 1224);
        line.SizeName.ShouldBe("Double");
        line.Options.Select(option => option.Id).ShouldBe(["cheddar", "bacon"]);
        line.Without.Select(option => option.Name).ShouldBe(["Onions"]);
        line.Allergens.ShouldBe(["egg", "gluten"]);
    }

    [Theory]
    [InlineData(0, "QUANTITY_INVALID")]
    [InlineData(-1, "QUANTITY_INVALID")]
    [InlineData(21, "QUANTITY_TOO_LARGE")]
    public void A_quantity_outside_its_range_is_refused(int quantity, string code) => Refuse(Ask("cola") with { Quantity = quantity }).Code.ShouldBe(code);

    [Fact]
    public void The_largest_quantity_is_accepted() => Accept(Ask("cola") with { Quantity = 20 }).Quantity.ShouldBe(20);

    [Fact]
    public void An_id_that_is_not_on_the_menu_is_refused_with_what_it_may_have_meant()
    {
        var refusal = Refuse(Ask("cheese-burgers-deluxe"));
        refusal.Code.ShouldBe("ITEM_UNKNOWN");
        refusal.Choices.ShouldContain("Cheeseburger");
    }

    [Fact]
    public void An_unavailable_item_is_refused_with_available_ones_of_its_category()
    {
        var refusal = Refuse(Ask("corn-dog"));
        refusal.Code.ShouldBe("ITEM_UNAVAILABLE");
        refusal.Choices.ShouldBe(["Classic Burger", "Cheeseburger", "Classic Combo"]);
    }

    [Fact]
    public void A_size_without_a_default_is_asked_for()
    {
        var refusal = Refuse(Ask("margherita"));
        refusal.Code.ShouldBe("SIZE_REQUIRED");
        refusal.Choices.ShouldBe(["Small", "Large"]);
        Refuse(Ask("margherita") with { Size = "single" }).Code.ShouldBe("SIZE_UNKNOWN");
        Accept(Ask("margherita") with { Size = "large" }).UnitPrice.AmountMinor.ShouldBe(1390);
    }

    [Fact]
    public void A_default_size_is_taken_when_none_is_named() => Accept(Ask("classic-burger")).Size.ShouldBe("single");

    [Fact]
    public void Open_choices_of_a_combo_are_asked_for_one_after_the_other()
    {
        var side = Refuse(Ask("classic-combo"));
        side.Code.ShouldBe("OPTION_REQUIRED");
        side.Choices.ShouldBe(["Fries", "Onion Rings"]);
        var drink = Refuse(Ask("classic-combo") with { Options = ["rings"] });
        drink.Code.ShouldBe("OPTION_REQUIRED");
        drink.Sentence.ShouldContain("drink");
        Accept(Ask("classic-combo") with { Options = ["rings", "lemonade"] }).UnitPrice.AmountMinor.ShouldBe(1149 + 125 + 50);
    }

    [Fact]
    public void In_a_choose_one_group_a_named_option_takes_the_defaults_place()
    {
        var line = Accept(Ask("margherita") with { Size = "small", Options = ["stuffed-crust"] });
        line.Options.Select(option => option.Id).ShouldBe(["stuffed-crust"]);
        line.Without.ShouldBeEmpty();
        line.UnitPrice.AmountMinor.ShouldBe(790 + 250);
        Accept(Ask("margherita") with { Size = "small" }).Options.ShouldBeEmpty();
    }

    [Fact]
    public void A_required_default_cannot_be_left_off() =>
        Refuse(Ask("margherita") with { Size = "small", Without = ["hand-tossed"] }).Code.ShouldBe("OPTION_REQUIRED");

    [Fact]
    public void More_options_than_the_group_allows_are_refused_defaults_included()
    {
        Refuse(Ask("classic-burger") with { Options = ["bacon", "egg"] }).Code.ShouldBe("OPTIONS_TOO_MANY");
        Accept(Ask("classic-burger") with { Options = ["bacon", "egg"], Without = ["onions"] }).Options.Count.ShouldBe(2);
        Refuse(Ask("classic-burger") with { Options = ["american", "cheddar"] }).Code.ShouldBe("OPTIONS_TOO_MANY");
    }

    [Fact]
    public void Options_of_other_items_and_contradictions_are_refused()
    {
        Refuse(Ask("cola") with { Options = ["bacon"] }).Code.ShouldBe("OPTION_UNKNOWN");
        Refuse(Ask("cola") with { Without = ["bacon"] }).Code.ShouldBe("OPTION_UNKNOWN");
        Refuse(Ask("classic-burger") with { Options = ["bacon"], Without = ["bacon"] }).Code.ShouldBe("OPTIONS_CONFLICT");
    }

    [Theory]
    [InlineData("a classic burger please", true)]
    [InlineData("clasic burger", true)]
    [InlineData("a coke", false)]
    [InlineData("the usual", false)]
    public void Words_that_do_not_fit_the_item_are_refused(string heard, bool fits)
    {
        var built = _guardrails.Build(Ask("classic-burger") with { Heard = heard }, "l1");
        built.IsOk.ShouldBe(fits);
        if (fits) built.Value!.Confidence.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(0.5);
        else built.Refusal!.Code.ShouldBe("ITEM_UNSURE");
    }

    [Fact]
    public void The_total_and_the_number_of_lines_are_capped()
    {
        var small = new CartGuardrails(TestMenus.Index, new Limits { LinesPerCart = 2, OrderTotalMinor = 1_000 });
        var cola = Accept(Ask("cola"));
        small.CheckCaps([cola, cola]).ShouldBeNull();
        small.CheckCaps([cola, cola, cola])!.Code.ShouldBe("CART_FULL");
        small.CheckCaps([Accept(Ask("classic-burger") with { Quantity = 2 })])!.Code.ShouldBe("TOTAL_TOO_LARGE");
    }

    [Fact]
    public void A_submission_is_refused_when_something_is_gone_or_nothing_is_there()
    {
        _guardrails.CheckSubmission([])!.Code.ShouldBe("CART_EMPTY");
        _guardrails.CheckSubmission([Accept(Ask("cola"))]).ShouldBeNull();
        _guardrails.CheckSubmission([Accept(Ask("cola")) with { ItemId = "corn-dog", Name = "Corn Dog" }])!.Code.ShouldBe("ITEM_UNAVAILABLE");
        _guardrails.CheckSubmission([Accept(Ask("cola")) with { ItemId = "gone" }])!.Code.ShouldBe("ITEM_UNAVAILABLE");
    }

    private static LineRequest Ask(string item) => new() { ItemId = item };

    private CartLine Accept(LineRequest request)
    {
        var built = _guardrails.Build(request, "l1");
        built.Refusal.ShouldBeNull();
        return built.Value!;
    }

    private Refusal Refuse(LineRequest request)
    {
        var built = _guardrails.Build(request, "l1");
        built.Value.ShouldBeNull();
        return built.Refusal!;
    }
}
