using VoiceOrdering.Carts;
using VoiceOrdering.Grains.Carts;
using VoiceOrdering.Grains.Restaurants.Matching;
using VoiceOrdering.Identity;
using VoiceOrdering.Restaurants;
using VoiceOrdering.Vouchers;

namespace VoiceOrdering.Grains.Tests.Carts;

/// <summary>A menu changes while lines of it are in a cart.</summary>
public sealed class CartReviewTests
{
    private readonly CartState _cart = Add(Add(new CartState(), new LineRequest { ItemId = "classic-burger", Options = ["bacon"], Quantity = 2 }), new LineRequest { ItemId = "cola" });

    [Fact]
    public void A_menu_that_has_everything_as_it_was_changes_nothing()
    {
        Rules(TestMenus.Diner, PriceRule.Reconfirm).Review(_cart).ShouldBeSameAs(_cart);
    }

    [Theory]
    [InlineData("classic-burger", "ITEM_UNKNOWN")]
    [InlineData("bacon", "OPTION_UNKNOWN")]
    public void What_is_gone_is_flagged_with_a_sentence_and_cannot_be_submitted(string gone, string code)
    {
        var rules = Rules(Without(gone), PriceRule.Agreed);

        var reviewed = rules.Review(_cart);

        reviewed.Version.ShouldBe(_cart.Version + 1);
        reviewed.Lines[0].Notice!.Code.ShouldBe(code);
        reviewed.Lines[0].Notice!.Sentence.ShouldNotBeNullOrWhiteSpace();
        reviewed.Lines[1].ShouldBeSameAs(_cart.Lines[1]);
        rules.CheckSubmission(reviewed).ShouldNotBeNull();
        rules.Review(reviewed).ShouldBeSameAs(reviewed);
        rules.CheckSubmission(CartRules.Remove(reviewed, "l1").Value!).ShouldBeNull();
        Rules(TestMenus.Diner, PriceRule.Agreed).Review(reviewed).Lines[0].Notice.ShouldBeNull("the item is back");
    }

    [Fact]
    public void An_agreed_price_holds_also_for_another_quantity_but_not_for_another_choice()
    {
        var rules = Rules(Priced(899), PriceRule.Agreed);

        rules.Review(_cart).ShouldBeSameAs(_cart);
        rules.Change(_cart, "l1", new LinePatch { Quantity = 3 }).Value!.Lines[0].LinePrice.AmountMinor.ShouldBe(3 * (749 + 150));
        rules.Change(_cart, "l1", new LinePatch { RemoveOptions = ["bacon"] }).Value!.Lines[0].LinePrice.AmountMinor.ShouldBe(2 * 899);
        rules.CheckSubmission(_cart).ShouldBeNull();
    }

    [Fact]
    public void A_price_to_be_confirmed_holds_the_order_up_until_it_is()
    {
        var rules = Rules(Priced(899), PriceRule.Reconfirm);

        var reviewed = rules.Review(_cart);

        var notice = reviewed.Lines[0].Notice!;
        (notice.Code, notice.NewUnitPrice!.Value.AmountMinor).ShouldBe((RefusalCodes.PriceChanged, 899 + 150));
        notice.Sentence.ShouldBe("The price of Classic Burger has changed from 8.99 dollars to 10.49 dollars. Is that all right?");
        reviewed.Lines[0].LinePrice.AmountMinor.ShouldBe(2 * 899, "the old price stands until the customer agrees");
        rules.CheckSubmission(reviewed)!.Code.ShouldBe(RefusalCodes.PriceChanged);
        rules.Change(reviewed, "l1", new LinePatch { Quantity = 1 }).Value!.Lines[0].Notice!.Code.ShouldBe(RefusalCodes.PriceChanged, "another quantity is no agreement");
        var agreed = rules.ConfirmPrices(reviewed).Value!;
        (agreed.Lines[0].Notice, agreed.Lines[0].LinePrice.AmountMinor).ShouldBe((null, 2 * (899 + 150)));
        rules.CheckSubmission(agreed).ShouldBeNull();
        rules.ConfirmPrices(agreed).Value.ShouldBeSameAs(agreed);
    }

    [Theory]
    [InlineData(PriceRule.Agreed)]
    [InlineData(PriceRule.Reconfirm)]
    public void Nobody_agreed_to_another_currency(PriceRule rule)
    {
        var rules = Rules(TestMenus.Diner with { Currency = "EUR" }, rule);

        var reviewed = rules.Review(_cart);

        reviewed.Lines.ShouldAllBe(line => line.Notice!.Code == RefusalCodes.PriceChanged && line.UnitPrice.Currency == "USD");
        var mixed = rules.Add(reviewed, new LineRequest { ItemId = "lemonade" }).Value!;
        rules.Change(mixed, "l2", new LinePatch { Quantity = 2 }).Value!.Lines[1].Notice!.Code.ShouldBe(RefusalCodes.PriceChanged, "another quantity is no agreement");
        rules.CheckSubmission(mixed)!.Code.ShouldBe(RefusalCodes.PriceChanged);
        var agreed = rules.ConfirmPrices(mixed).Value!;
        agreed.Lines.ShouldAllBe(line => line.Notice == null && line.UnitPrice.Currency == "EUR" && line.LinePrice.Currency == "EUR");
        agreed.Currency.ShouldBe("EUR");
        rules.CheckSubmission(agreed).ShouldBeNull();
    }

    [Fact]
    public void A_voucher_takes_nothing_off_in_another_currency()
    {
        var voucher = new VoucherTerms("123456789012", VoucherKind.Amount, 100, 0, "USD");
        var rules = Rules(TestMenus.Diner with { Currency = "JPY" }, PriceRule.Agreed);
        var agreed = rules.ConfirmPrices(rules.Review(_cart with { Voucher = voucher })).Value!;

        var view = CartRules.View(agreed, new SessionId("ses_1"));

        (view.Discount.AmountMinor, view.Total.Currency).ShouldBe((0, "JPY"));
        view.Total.AmountMinor.ShouldBe(view.Subtotal.AmountMinor + view.Tax.AmountMinor);
        rules.CheckSubmission(agreed)!.Code.ShouldBe(RefusalCodes.VoucherCurrency, "it would be used up for nothing");
        rules.CheckSubmission(CartRules.WithoutVoucher(agreed)).ShouldBeNull();
        CartRules.View(_cart with { Voucher = voucher }, new SessionId("ses_1")).Discount.AmountMinor.ShouldBe(100);
    }

    private static CartState Add(CartState cart, LineRequest request)
    {
        var added = Rules(TestMenus.Diner, PriceRule.Agreed).Add(cart, request);
        added.Refusal.ShouldBeNull();
        return added.Value!;
    }

    private static CartRules Rules(Menu menu, PriceRule rule) => new(MenuIndex.Build(new MenuSnapshot(9, menu)), rule, new Limits());

    private static Menu Priced(long price) => Each(item => item.Id == "classic-burger" ? item with { Sizes = [.. item.Sizes.Select(size => size.Id == "single" ? size with { PriceMinor = price } : size)] } : item);

    private static Menu Without(string id) => Each(item => item.Id == id ? null : item with
    {
        Groups = [.. item.Groups.Select(group => group with { Options = [.. group.Options.Where(option => option.Id != id)] })],
    });

    private static Menu Each(Func<MenuItem, MenuItem?> change) => TestMenus.Diner with
    {
        Categories = [.. TestMenus.Diner.Categories.Select(category => category with { Items = [.. category.Items.Select(change).OfType<MenuItem>()] })],
    };
}
