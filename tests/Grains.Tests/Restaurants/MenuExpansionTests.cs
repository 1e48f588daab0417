using VoiceOrdering.Carts;
using VoiceOrdering.Grains.Carts;
using VoiceOrdering.Grains.Restaurants;
using VoiceOrdering.Grains.Restaurants.Matching;
using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Tests.Restaurants;

/// <summary>Combos with slots and options below options, from the menu as written to the line in the cart.</summary>
public sealed class MenuExpansionTests
{
    private static readonly Menu s_menu = new("USD", new TaxRule(false, new Dictionary<string, int> { ["food"] = 825 }),
    [
        new MenuCategory("all", "All",
        [
            TestMenus.Item("latte", "Latte", 400) with
            {
                Groups =
                [
                    new OptionGroup("milk", "Milk", 1, 1,
                    [
                        new MenuOption("whole", "Whole Milk", 0, true, []),
                        TestMenus.Option("oat", "Oat Milk", 60) with { Allergens = ["oats"], Groups = [new OptionGroup("foam", "Foam", 0, 1, [TestMenus.Option("extra-foam", "Extra Foam", 20)])] },
                    ]),
                ],
            },
            TestMenus.Item("tea", "Tea", 300) with { Sizes = [new MenuSize("small", "Small", 300), new MenuSize("large", "Large", 380)], Groups = [new OptionGroup("extras", "Extras", 0, 2, [TestMenus.Option("lemon", "Lemon", 10)])] },
            TestMenus.Item("bagel", "Bagel", 350) with { Allergens = ["gluten"] },
            TestMenus.Item("breakfast", "Breakfast", 700) with
            {
                Slots =
                [
                    new ComboSlot("drink", "Drink", true, [new SlotChoice("tea", "small", 0, true), new SlotChoice("tea", "large", 80, false), new SlotChoice("latte", null, 100, false)]),
                    new ComboSlot("bread", "Bread", false, [new SlotChoice("bagel", null, 0, false)]),
                ],
            },
        ]),
    ]);

    private readonly CartGuardrails _guardrails = new(MenuIndex.Build(new MenuSnapshot(1, MenuExpansion.Expand(s_menu))), new Limits());

    [Fact]
    public void The_menu_as_written_is_valid_and_an_ordinary_one_is_left_alone()
    {
        MenuValidation.Validate(s_menu, new Limits()).ShouldBeEmpty();
        MenuExpansion.Expand(TestMenus.Diner).ShouldBeSameAs(TestMenus.Diner);
    }

    [Fact]
    public void A_slot_nobody_spoke_of_is_filled_with_its_default_and_named_for_the_kitchen()
    {
        var line = Build(new LineRequest { ItemId = "breakfast" });

        line.Options.Select(option => option.Name).ShouldBe(["Small Tea"]);
        line.UnitPrice.AmountMinor.ShouldBe(700);
    }

    [Fact]
    public void What_fills_a_slot_brings_its_price_its_options_and_its_allergens()
    {
        var line = Build(new LineRequest { ItemId = "breakfast", Options = ["drink-latte", "drink-latte-oat", "drink-latte-extra-foam", "bread-bagel"] });

        line.Options.Select(option => option.Id).ShouldBe(["drink-latte", "drink-latte-oat", "drink-latte-extra-foam", "bread-bagel"]);
        line.UnitPrice.AmountMinor.ShouldBe(700 + 100 + 60 + 20);
        line.Allergens.ShouldBe(["gluten", "oats"]);
    }

    [Fact]
    public void An_option_of_a_slots_item_chooses_that_item()
    {
        Build(new LineRequest { ItemId = "breakfast", Options = ["drink-latte-oat"] }).Options.Select(option => option.Id).ShouldBe(["drink-latte", "drink-latte-oat"]);
    }

    [Fact]
    public void An_option_of_an_item_that_was_not_chosen_is_refused_with_what_it_goes_with()
    {
        var refusal = _guardrails.Build(new LineRequest { ItemId = "breakfast", Options = ["drink-tea-large", "drink-latte-oat"] }, "l1").Refusal!;

        refusal.Code.ShouldBe(RefusalCodes.OptionNeedsChoice);
        refusal.Sentence.ShouldContain("Latte");
    }

    [Fact]
    public void A_nested_option_counts_only_with_its_parent()
    {
        Build(new LineRequest { ItemId = "latte" }).UnitPrice.AmountMinor.ShouldBe(400);
        Build(new LineRequest { ItemId = "latte", Options = ["extra-foam"] }).UnitPrice.AmountMinor.ShouldBe(400 + 60 + 20);
        _guardrails.Build(new LineRequest { ItemId = "latte", Options = ["whole", "extra-foam"] }, "l1").Refusal!.Code.ShouldBe(RefusalCodes.OptionNeedsChoice);
    }

    [Fact]
    public void A_required_slot_without_a_choice_asks()
    {
        var refusal = _guardrails.Build(new LineRequest { ItemId = "breakfast", Without = ["drink-tea-small"] }, "l1").Refusal!;

        (refusal.Code, refusal.Choices.Count).ShouldBe((RefusalCodes.OptionRequired, 3));
    }

    [Fact]
    public void A_sold_out_drink_cannot_fill_a_slot()
    {
        var soldOut = new Dictionary<string, Unavailability> { ["tea"] = new(UnavailableReason.SoldOut, null, []) };
        var guardrails = new CartGuardrails(MenuIndex.Build(new MenuSnapshot(1, MenuExpansion.Expand(MenuAvailability.Without(s_menu, soldOut, [])))), new Limits());

        var refusal = guardrails.Build(new LineRequest { ItemId = "breakfast", Options = ["drink-tea-large"] }, "l1").Refusal!;
        (refusal.Code, refusal.Choices.Single()).ShouldBe((RefusalCodes.ItemUnavailable, "Latte"));
        guardrails.Build(new LineRequest { ItemId = "breakfast" }, "l1").Refusal!.Choices.ShouldBe(["Latte"]);
    }

    [Theory]
    [InlineData("nothing", null, "SLOT_ITEM_UNKNOWN")]
    [InlineData("breakfast", null, "SLOT_ITEM_COMBO")]
    [InlineData("tea", "huge", "SLOT_SIZE_UNKNOWN")]
    [InlineData("tea", null, "SLOT_SIZE_MISSING")]
    public void A_slot_that_cannot_be_filled_is_a_fault_with_its_path(string item, string? size, string code)
    {
        var combo = s_menu.Categories[0].Items[3] with { Id = "brunch", Name = "Brunch", Slots = [new ComboSlot("drink", "Drink", true, [new SlotChoice(item, size, 0, false)])] };
        var menu = s_menu with { Categories = [s_menu.Categories[0] with { Items = [.. s_menu.Categories[0].Items, combo] }] };

        var fault = MenuValidation.Validate(menu, new Limits()).ShouldHaveSingleItem();

        (fault.Code, fault.Path).ShouldBe((code, $"/categories/0/items/4/slots/0/choices/0/{(code.Contains("SIZE", StringComparison.Ordinal) ? "sizeId" : "itemId")}"));
    }

    private CartLine Build(LineRequest request)
    {
        var built = _guardrails.Build(request, "l1");
        built.Refusal.ShouldBeNull();
        return built.Value!;
    }
}
