using FsCheck;
using FsCheck.Fluent;
using VoiceOrdering.Carts;
using VoiceOrdering.Grains.Carts;
using VoiceOrdering.Grains.Vouchers;
using VoiceOrdering.Pricing;
using VoiceOrdering.Restaurants;
using VoiceOrdering.Vouchers;

namespace VoiceOrdering.Grains.Tests.Vouchers;

public sealed class VoucherPricingTests
{
    private static readonly TaxRule s_added = new(false, new Dictionary<string, int> { ["food"] = 825, ["drinks"] = 1000 });

    [Fact]
    public void An_amount_comes_off_before_tax_by_the_share_of_each_class()
    {
        // 10.00 food and 5.00 drinks, 3.00 off: 2.00 and 1.00; tax 8.25 % of 8.00 = 0.66, 10 % of 4.00 = 0.40.
        var totals = CartPricing.Total([Line("food", 1000), Line("drinks", 500)], s_added, Amount(300));
        totals.ShouldBe(new CartTotals(1500, 106, 0, 1306, 300));
    }

    [Fact]
    public void Included_tax_is_that_of_what_is_paid()
    {
        // 11.00 less 5.50, 10 % included: 0.50.
        var rule = new TaxRule(true, new Dictionary<string, int> { ["food"] = 1000 });
        CartPricing.Total([Line("food", 1100)], rule, Amount(550)).ShouldBe(new CartTotals(1100, 0, 50, 550, 550));
    }

    [Theory]
    [InlineData(1500, 2000, 300)]
    [InlineData(1999, 2000, 0)]
    public void A_percentage_counts_from_its_minimum(long basisPoints, long minimum, long discount) =>
        VoucherRules.DiscountMinor(new VoucherTerms("", VoucherKind.Percent, basisPoints, minimum, "USD"), minimum == 2000 && discount == 0 ? 1999 : 2000).ShouldBe(discount);

    [Fact]
    public void More_than_the_order_costs_makes_it_free_and_untaxed() =>
        CartPricing.Total([Line("food", 700)], s_added, Amount(5000)).ShouldBe(new CartTotals(700, 0, 0, 0, 700));

    [Fact]
    public void Without_a_voucher_nothing_changes() => CartPricing.Total([Line("food", 700)], s_added).ShouldBe(new CartTotals(700, 58, 0, 758, 0));

    [Fact]
    public void Shares_add_up_stay_within_their_parts_and_are_fair()
    {
        var cases = Gen.Choose(0, 30_000).ArrayOf().Where(parts => parts.Length > 0).SelectMany(parts => Gen.Choose(0, parts.Sum()).Select(amount => (parts, amount)));
        Prop.ForAll(Arb.From(cases), given =>
        {
            var parts = given.parts.Select(part => (long)part).ToArray();
            var shares = DiscountShares.Of(given.amount, parts);
            shares.Sum().ShouldBe(given.amount);
            var whole = (decimal)Math.Max(parts.Sum(), 1);
            for (var i = 0; i < parts.Length; i++)
            {
                shares[i].ShouldBeInRange(0, parts[i]);
                Math.Abs(shares[i] - given.amount * parts[i] / whole).ShouldBeLessThan(1m, "no share is a whole unit away from its proportion");
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_voucher_never_makes_an_order_dearer_or_negative_and_the_order_of_lines_does_not_matter()
    {
        var line = Gen.Choose(0, 4_000).SelectMany(price => Gen.Elements("food", "drinks", "unknown").Select(taxClass => Line(taxClass, price)));
        var rule = Gen.Elements(TaxRounding.ClassHalfUp, TaxRounding.ClassHalfEven, TaxRounding.LineHalfUp)
            .SelectMany(rounding => Gen.Elements(true, false).Select(included => s_added with { Included = included, Rounding = rounding }));
        var voucher = Gen.Choose(1, 10_000).SelectMany(value => Gen.Elements(VoucherKind.Amount, VoucherKind.Percent).SelectMany(kind => Gen.Choose(0, 5_000).Select(minimum => new VoucherTerms("", kind, value, minimum, "USD"))));
        var cases = line.ListOf().SelectMany(lines => rule.SelectMany(tax => voucher.Select(terms => (Lines: lines.ToArray(), Tax: tax, Terms: terms))));
        Prop.ForAll(Arb.From(cases), given =>
        {
            var without = CartPricing.Total(given.Lines, given.Tax);
            var with = CartPricing.Total(given.Lines, given.Tax, given.Terms);
            with.Subtotal.ShouldBe(without.Subtotal);
            with.Total.ShouldBeInRange(0, without.Total);
            with.Total.ShouldBe(with.Subtotal - with.Discount + with.Tax);
            with.Tax.ShouldBeLessThanOrEqualTo(without.Tax);
            with.IncludedTax.ShouldBeInRange(0, Math.Max(0, with.Total));
            if (with.Subtotal < given.Terms.MinimumMinor) with.ShouldBe(without);
            CartPricing.Total([.. given.Lines.Reverse()], given.Tax, given.Terms).ShouldBe(with);
        }).QuickCheckThrowOnFailure();
    }

    private static VoucherTerms Amount(long minor) => new("", VoucherKind.Amount, minor, 0, "USD");

    private static CartLine Line(string taxClass, long minor) =>
        new() { LineId = "l1", ItemId = "x", Name = "X", Quantity = 1, TaxClass = taxClass, UnitPrice = new Money(minor, "USD"), LinePrice = new Money(minor, "USD") };
}
