using FsCheck;
using FsCheck.Fluent;
using VoiceOrdering.Carts;
using VoiceOrdering.Grains.Carts;
using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Tests.Carts;

public sealed class CartRulesTests
{
    private readonly CartRules _rules = new(TestMenus.Index, PriceRule.Agreed, new Limits { LinesPerCart = 5 });

    [Fact]
    public void Whatever_is_asked_for_the_cart_keeps_its_invariants()
    {
        var step =
            from kind in Gen.Choose(0, 2)
            from item in Gen.Elements("classic-burger", "cheeseburger", "cola", "corn-dog", "margherita", "nonsense")
            from option in Gen.Elements("bacon", "onions", "cheddar", "stuffed-crust", "nonsense")
            from line in Gen.Choose(1, 8)
            from quantity in Gen.Choose(-1, 25)
            select (kind, item, option, line, quantity);
        Prop.ForAll(Arb.From(step.ListOf()), steps =>
        {
            var cart = new CartState { Restaurant = "r" };
            var used = new HashSet<string>();
            foreach (var (kind, item, option, line, quantity) in steps)
            {
                var next = kind switch
                {
                    0 => _rules.Add(cart, new LineRequest { ItemId = item, Options = [option], Quantity = quantity }),
                    1 => _rules.Change(cart, $"l{line}", new LinePatch { AddOptions = [option], Quantity = quantity }),
                    _ => CartRules.Remove(cart, $"l{line}"),
                };
                if (!next.IsOk)
                {
                    next.Refusal.Sentence.ShouldNotBeNullOrWhiteSpace();
                    continue;
                }
                next.Value.Version.ShouldBe(cart.Version + 1);
                foreach (var added in next.Value.Lines.Where(added => cart.Lines.All(known => known.LineId != added.LineId)))
                    used.Add(added.LineId).ShouldBeTrue("a line id came twice");
                cart = next.Value;
                cart.Lines.Count.ShouldBeLessThanOrEqualTo(5);
                cart.Lines.ShouldAllBe(known => known.Quantity >= 1 && known.Quantity <= 20 && known.LinePrice.AmountMinor == known.UnitPrice.AmountMinor * known.Quantity);
                CartRules.View(cart, new("s")).Subtotal.AmountMinor.ShouldBe(cart.Lines.Sum(known => known.LinePrice.AmountMinor));
            }
            return true;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_patch_changes_only_what_it_names()
    {
        var cart = Add(new CartState(), new LineRequest { ItemId = "classic-burger", Options = ["cheddar"], Without = ["onions"], Quantity = 2 });
        var changed = _rules.Change(cart, "l1", new LinePatch { Size = "double" }).Value!.Lines[0];
        (changed.Size, changed.Quantity, changed.UnitPrice.AmountMinor).ShouldBe(("double", 2, 999 + 75));
        changed.Without.Single().Id.ShouldBe("onions");
    }

    [Fact]
    public void A_choose_one_option_replaces_the_earlier_one_and_a_left_off_default_can_come_back()
    {
        var cart = Add(new CartState(), new LineRequest { ItemId = "classic-burger", Options = ["cheddar"], Without = ["onions"] });
        var changed = _rules.Change(cart, "l1", new LinePatch { AddOptions = ["american", "onions"] }).Value!.Lines[0];
        changed.Options.Select(option => option.Id).ShouldBe(["american"]);
        changed.Without.ShouldBeEmpty();
    }

    [Fact]
    public void Options_can_be_taken_off_chosen_ones_and_defaults()
    {
        var cart = Add(new CartState(), new LineRequest { ItemId = "classic-burger", Options = ["bacon"] });
        var changed = _rules.Change(cart, "l1", new LinePatch { RemoveOptions = ["bacon", "lettuce"] }).Value!.Lines[0];
        changed.Options.ShouldBeEmpty();
        changed.Without.Single().Id.ShouldBe("lettuce");
        _rules.Change(cart, "l1", new LinePatch { AddOptions = ["egg"], RemoveOptions = ["egg"] }).Refusal!.Code.ShouldBe("OPTIONS_CONFLICT");
    }

    [Fact]
    public void Quantity_zero_removes_the_line_and_its_id_is_never_used_again()
    {
        var cart = Add(new CartState(), new LineRequest { ItemId = "cola" });
        cart = _rules.Change(cart, "l1", new LinePatch { Quantity = 0 }).Value!;
        cart.Lines.ShouldBeEmpty();
        Add(cart, new LineRequest { ItemId = "cola" }).Lines.Single().LineId.ShouldBe("l2");
    }

    [Fact]
    public void An_unknown_line_is_refused_with_the_lines_there_are()
    {
        var cart = Add(new CartState(), new LineRequest { ItemId = "cola" });
        CartRules.Remove(cart, "l9").Refusal!.Choices.ShouldBe(["l1"]);
        _rules.Change(cart, "l9", new LinePatch { Quantity = 2 }).Refusal!.Code.ShouldBe("LINE_UNKNOWN");
    }

    private CartState Add(CartState cart, LineRequest request) => _rules.Add(cart, request).Value.ShouldNotBeNull();
}
