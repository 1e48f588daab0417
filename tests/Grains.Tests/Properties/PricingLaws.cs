using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using VoiceOrdering.Carts;
using VoiceOrdering.Grains.Carts;
using VoiceOrdering.Grains.Restaurants;
using VoiceOrdering.Grains.Restaurants.Matching;
using VoiceOrdering.Identity;
using VoiceOrdering.Json;
using VoiceOrdering.Pricing;
using VoiceOrdering.Restaurants;
using VoiceOrdering.TestKit.Laws;

namespace VoiceOrdering.Grains.Tests.Properties;

/// <summary>What a cart costs, for every menu and every cart, against a second way to compute it.</summary>
public sealed class PricingLaws
{
    private static readonly Limits s_roomy = new() { OrderTotalMinor = long.MaxValue };
    private static readonly Gen<PricedOrder> s_orders =
        from menu in MenuWriter.Valid
        from seed in Gen.Choose(0, int.MaxValue - 1)
        from lines in Gen.Choose(1, 12)
        select PricedOrder.Of(menu, new Random(seed), lines);

    [Fact]
    public void A_line_costs_what_the_menu_as_written_says_and_names_every_allergen() => Law.Holds(s_orders, order =>
    {
        var cart = order.Add(s_roomy);
        foreach (var (line, asked) in cart.Lines.Zip(order.Lines))
        {
            ((BigInteger)line.UnitPrice.AmountMinor).ShouldBe(asked.UnitMinor, asked.Request.ItemId);
            ((BigInteger)line.LinePrice.AmountMinor).ShouldBe(asked.UnitMinor * asked.Request.Quantity);
            (line.UnitPrice.Currency, line.LinePrice.Currency, line.TaxClass).ShouldBe((order.Menu.Currency, order.Menu.Currency, asked.TaxClass));
            line.Allergens.ShouldBe([.. asked.Allergens.Order(StringComparer.Ordinal)]);
        }
    }, describe: PricedOrder.Describe);

    [Fact]
    public void An_amount_of_a_chosen_option_never_changes_a_price() => Law.Holds(s_orders, order =>
    {
        string[] amounts = ["light", "extra", "side"];
        var sized = order with
        {
            Lines = [.. order.Lines.Select(line => line with { Request = line.Request with { Amounts = [.. line.Request.Options.Select(id => new OptionAmount(id, amounts[order.Random.Next(3)]))] } })],
        };
        var cart = sized.Add(s_roomy);
        cart.Lines.Select(line => line.LinePrice).ShouldBe(order.Add(s_roomy).Lines.Select(line => line.LinePrice));
        cart.Lines.Sum(line => line.Amounts.Count).ShouldBe(order.Lines.Sum(line => line.Request.Options.Count), "every amount is kept");
    }, describe: PricedOrder.Describe);

    [Fact]
    public void A_cart_costs_what_fractions_of_any_size_say() => Law.Holds(s_orders, order =>
    {
        var view = CartRules.View(order.Add(s_roomy), new SessionId("s"));
        var expected = order.Lines.Select(line => (line.UnitMinor * line.Request.Quantity, line.TaxClass)).ToArray();
        var tax = RationalPricing.Tax(expected, order.Menu.Tax);
        var subtotal = expected.Aggregate(BigInteger.Zero, (sum, line) => sum + line.Item1);
        ((BigInteger)view.Subtotal.AmountMinor).ShouldBe(subtotal);
        ((BigInteger)(view.Tax.AmountMinor + view.IncludedTax.AmountMinor)).ShouldBe(tax);
        ((BigInteger)view.Total.AmountMinor).ShouldBe(order.Menu.Tax.Included ? subtotal : subtotal + tax);
    }, describe: PricedOrder.Describe);

    [Fact]
    public void The_total_is_the_sum_of_its_parts_and_included_tax_never_changes_it() => Law.Holds(s_orders, order =>
    {
        var view = CartRules.View(order.Add(s_roomy), new SessionId("s"));
        view.Subtotal.AmountMinor.ShouldBe(view.Lines.Sum(line => line.LinePrice.AmountMinor));
        view.Total.AmountMinor.ShouldBe(view.Subtotal.AmountMinor + view.Tax.AmountMinor);
        (order.Menu.Tax.Included ? view.Tax : view.IncludedTax).AmountMinor.ShouldBe(0);
        view.IncludedTax.AmountMinor.ShouldBeInRange(0, view.Total.AmountMinor);
        var placed = CartRules.Order(view, new OrderId("o"), "click", DateTimeOffset.UnixEpoch);
        (placed.Subtotal, placed.Tax, placed.IncludedTax, placed.Total).ShouldBe((view.Subtotal, view.Tax, view.IncludedTax, view.Total));
        new[] { view.Subtotal, view.Tax, view.Total, view.IncludedTax }.ShouldAllBe(money => money.Currency == order.Menu.Currency);
    }, describe: PricedOrder.Describe);

    [Fact]
    public void The_order_of_lines_does_not_matter() => Law.Holds(s_orders, order =>
    {
        var lines = order.Add(s_roomy).Lines.ToArray();
        var before = CartPricing.Total(lines, order.Menu.Tax);
        order.Random.Shuffle(lines);
        CartPricing.Total(lines, order.Menu.Tax).ShouldBe(before);
    }, describe: PricedOrder.Describe);

    [Fact]
    public void Many_of_one_line_cost_what_as_many_lines_of_one_cost() => Law.Holds(s_orders, order =>
    {
        var cart = order.Add(s_roomy);
        var single = order with { Lines = [.. order.Lines.SelectMany(line => Enumerable.Repeat(line with { Request = line.Request with { Quantity = 1 } }, line.Request.Quantity))] };
        var split = single.Add(s_roomy with { LinesPerCart = 1_000 });
        split.Lines.Sum(line => line.LinePrice.AmountMinor).ShouldBe(cart.Lines.Sum(line => line.LinePrice.AmountMinor));
        if (order.Menu.Tax.Rounding != TaxRounding.LineHalfUp) CartPricing.Total(split.Lines, order.Menu.Tax).ShouldBe(CartPricing.Total(cart.Lines, order.Menu.Tax));
    }, describe: PricedOrder.Describe);

    [Fact]
    public void Tax_is_rounded_once_where_the_rule_says_and_is_never_a_whole_minor_unit_off() => Law.Holds(s_orders, order =>
    {
        var lines = order.Add(s_roomy).Lines;
        var pieces = order.Menu.Tax.Rounding == TaxRounding.LineHalfUp ? lines.Select(line => new[] { line }) : lines.GroupBy(line => line.TaxClass).Select(group => group.ToArray());
        long sum = 0;
        foreach (var piece in pieces)
        {
            var totals = CartPricing.Total(piece, order.Menu.Tax);
            var (numerator, denominator) = RationalPricing.ExactTax(piece.Sum(line => line.LinePrice.AmountMinor), piece[0].TaxClass, order.Menu.Tax);
            BigInteger.Abs((totals.Tax + totals.IncludedTax) * denominator - numerator).ShouldBeLessThan(denominator);
            sum += totals.Tax + totals.IncludedTax;
        }
        var whole = CartPricing.Total(lines, order.Menu.Tax);
        (whole.Tax + whole.IncludedTax).ShouldBe(sum);
    }, describe: PricedOrder.Describe);

    /// <summary>Halves are rare among random prices, and they are where the rules differ.</summary>
    [Fact]
    public void Exact_halves_are_rounded_as_the_rule_says()
    {
        var carts =
            from amounts in Gen.Choose(0, 400).Select(amount => amount * 5).ListOf()
            from classes in Gen.Elements("food", "drinks").ListOf(amounts.Count)
            from rate in Gen.Elements(500, 1_000, 2_500, 5_000, 7_500)
            from included in Gen.Elements(true, false)
            from rounding in Gen.Elements(Enum.GetValues<TaxRounding>())
            select (Lines: amounts.Zip(classes).ToArray(), Tax: new TaxRule(included, new Dictionary<string, int> { ["food"] = rate, ["drinks"] = 10_000 - rate }) { Rounding = rounding });
        Law.Holds(carts, cart =>
        {
            var lines = cart.Lines.Select(line => CartPricing.WithQuantity(new CartLine { LineId = "l1", ItemId = "x", Name = "X", UnitPrice = new Money(line.First, "USD"), TaxClass = line.Second }, 1)).ToArray();
            var totals = CartPricing.Total(lines, cart.Tax);
            ((BigInteger)(totals.Tax + totals.IncludedTax)).ShouldBe(RationalPricing.Tax(cart.Lines.Select(line => ((BigInteger)line.First, line.Second)), cart.Tax));
        }, run: new LawRun(500));
    }

    [Fact]
    public void Nothing_overflows_below_the_named_limits()
    {
        const long dearest = 10_000_000;
        var limits = new Limits();
        var dearestUnit = dearest * (1 + limits.OptionsPerItem);
        var carts =
            from count in Gen.Choose(1, limits.LinesPerCart)
            from quantity in Gen.Choose(1, limits.QuantityPerLine)
            from rate in Gen.Elements(1, 825, 9_999, 10_000)
            from included in Gen.Elements(true, false)
            from rounding in Gen.Elements(Enum.GetValues<TaxRounding>())
            select (Count: count, Quantity: quantity, Tax: new TaxRule(included, new Dictionary<string, int> { ["food"] = rate }) { Rounding = rounding });
        Law.Holds(carts, cart =>
        {
            var line = new CartLine { LineId = "l1", ItemId = "x", Name = "X", UnitPrice = new Money(dearestUnit, "USD"), TaxClass = "food" };
            var lines = Enumerable.Repeat(CartPricing.WithQuantity(line, cart.Quantity), cart.Count).ToArray();
            var totals = CartPricing.Total(lines, cart.Tax);
            var expected = RationalPricing.Tax(lines.Select(each => ((BigInteger)each.LinePrice.AmountMinor, "food")), cart.Tax);
            ((BigInteger)(totals.Tax + totals.IncludedTax)).ShouldBe(expected);
            ((BigInteger)totals.Subtotal).ShouldBe((BigInteger)dearestUnit * cart.Quantity * cart.Count);
        });
    }

    [Fact]
    public void A_total_above_the_limit_is_refused_and_one_below_is_not() => Law.Holds(s_orders, order =>
    {
        var total = CartRules.View(order.Add(s_roomy), new SessionId("s")).Total.AmountMinor;
        order.TryAdd(s_roomy with { OrderTotalMinor = total }).IsOk.ShouldBeTrue();
        if (total > 0) order.TryAdd(s_roomy with { OrderTotalMinor = total - 1 }).Refusal!.Code.ShouldBe(RefusalCodes.TotalTooLarge);
    }, describe: PricedOrder.Describe);

    [Fact]
    public void A_spoken_price_is_the_amount_in_every_currency()
    {
        var amounts =
            from minor in Gen.OneOf(Gen.Choose(-2_000, 2_000), Gen.Choose(int.MinValue + 1, int.MaxValue))
            from currency in Gen.Elements("USD", "EUR", "GBP", "JPY", "KWD", "TND", "CHF")
            select new Money(minor, currency);
        Law.Holds(amounts, money =>
        {
            var text = Speech.Price(money).Split(' ')[0];
            var scale = money.Currency switch { "JPY" => 1m, "KWD" or "TND" => 1_000m, _ => 100m };
            (decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture) * scale).ShouldBe(money.AmountMinor);
        }, run: new LawRun(500));
    }
}

/// <summary>A menu, and lines that can be ordered from it.</summary>
internal sealed record PricedOrder(Menu Menu, Random Random, AskedLine[] Lines)
{
    public static PricedOrder Of(Menu menu, Random random, int lines)
    {
        var writer = new OrderWriter(menu, random);
        return new PricedOrder(menu, random, [.. Enumerable.Range(0, lines).Select(_ => writer.Line())]);
    }

    public static string Describe(PricedOrder order) =>
        $"{WireJson.Write(order.Menu)}{Environment.NewLine}{string.Join(Environment.NewLine, order.Lines.Select(line => $"{line.UnitMinor} each: {WireJson.Write(line.Request)}"))}";

    /// <summary>The cart with all lines; every one of them must be accepted.</summary>
    public CartState Add(Limits limits)
    {
        var cart = TryAdd(limits);
        cart.Refusal.ShouldBeNull();
        return cart.Value!;
    }

    public Outcome<CartState> TryAdd(Limits limits)
    {
        var rules = new CartRules(MenuIndex.Build(new MenuSnapshot(1, MenuExpansion.Expand(Menu))), PriceRule.Agreed, limits);
        Outcome<CartState> cart = new CartState { Restaurant = "r" };
        foreach (var line in Lines)
            if (cart.IsOk) cart = rules.Add(cart.Value, line.Request);
        return cart;
    }
}
