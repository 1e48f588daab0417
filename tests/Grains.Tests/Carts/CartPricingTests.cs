using FsCheck;
using FsCheck.Fluent;
using VoiceOrdering.Carts;
using VoiceOrdering.Grains.Carts;
using VoiceOrdering.Pricing;
using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Tests.Carts;

public sealed class CartPricingTests
{
    private static readonly Gen<CartLine> s_line =
        from price in Gen.Choose(0, 5_000)
        from quantity in Gen.Choose(1, 20)
        from taxClass in Gen.Elements("food", "drinks", "zero", "unlisted")
        select Line(price, quantity, taxClass);

    private static readonly Gen<TaxRule> s_tax =
        from included in Gen.Elements(true, false)
        from food in Gen.Choose(0, 3_000)
        from drinks in Gen.Choose(0, 3_000)
        select new TaxRule(included, new Dictionary<string, int> { ["food"] = food, ["drinks"] = drinks, ["zero"] = 0 });

    private static readonly Arbitrary<(CartLine[] Lines, TaxRule Tax)> s_carts = Arb.From(
        from lines in s_line.ListOf()
        from tax in s_tax
        select (lines.ToArray(), tax));

    [Fact]
    public void Totals_equal_exact_decimal_arithmetic_rounded_half_up_per_tax_class() => Check(s_carts, cart =>
    {
        decimal expected = 0;
        foreach (var group in cart.Lines.GroupBy(line => line.TaxClass))
        {
            decimal sum = group.Sum(line => line.LinePrice.AmountMinor);
            decimal rate = cart.Tax.Classes.GetValueOrDefault(group.Key);
            var exact = cart.Tax.Included ? sum * rate / (10_000 + rate) : sum * rate / 10_000;
            expected += Math.Round(exact, MidpointRounding.AwayFromZero);
        }
        var totals = CartPricing.Total(cart.Lines, cart.Tax);
        return totals.Tax + totals.IncludedTax == expected;
    });

    [Fact]
    public void Only_one_kind_of_tax_is_charged_and_the_total_adds_up() => Check(s_carts, cart =>
    {
        var totals = CartPricing.Total(cart.Lines, cart.Tax);
        return totals.Subtotal == cart.Lines.Sum(line => line.LinePrice.AmountMinor)
            && totals.Total == totals.Subtotal + totals.Tax
            && (cart.Tax.Included ? totals.Tax == 0 && totals.IncludedTax <= totals.Subtotal : totals.IncludedTax == 0);
    });

    [Fact]
    public void Neither_the_order_of_lines_nor_splitting_one_changes_what_is_paid() => Check(s_carts, cart =>
    {
        var split = cart.Lines.SelectMany(line => line.Quantity == 1
            ? [line]
            : new[] { CartPricing.WithQuantity(line, 1), CartPricing.WithQuantity(line, line.Quantity - 1) }).Reverse().ToArray();
        return CartPricing.Total(cart.Lines, cart.Tax) == CartPricing.Total(split, cart.Tax);
    });

    [Theory]
    [InlineData(100, 825, 8)] // 8.25
    [InlineData(60, 825, 5)] // 4.95
    [InlineData(200, 825, 17)] // 16.5, half goes up
    public void Added_tax_is_rounded_half_up(long priceMinor, int basisPoints, long expected) =>
        CartPricing.Total([Line(priceMinor, 1, "food")], new TaxRule(false, new Dictionary<string, int> { ["food"] = basisPoints })).Tax.ShouldBe(expected);

    [Fact]
    public void The_unit_price_is_the_sizes_price_plus_the_chosen_options()
    {
        var burger = TestMenus.Diner.Categories[0].Items[0];
        CartPricing.UnitPriceMinor(burger, burger.Sizes[1], [burger.Groups[0].Options[1], burger.Groups[1].Options[2]]).ShouldBe(999 + 75 + 150);
        CartPricing.UnitPriceMinor(TestMenus.Diner.Categories[2].Items[0], null, []).ShouldBe(219);
    }

    private static CartLine Line(long unit, int quantity, string taxClass) => CartPricing.WithQuantity(
        new CartLine { LineId = "l1", ItemId = "x", Name = "X", UnitPrice = new Money(unit, "USD"), TaxClass = taxClass }, quantity);

    private static void Check<T>(Arbitrary<T> values, Func<T, bool> law) => Prop.ForAll(values, law).QuickCheckThrowOnFailure();
}
