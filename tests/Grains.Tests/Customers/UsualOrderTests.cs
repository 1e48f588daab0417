using VoiceOrdering.Carts;
using VoiceOrdering.Grains.Customers;
using VoiceOrdering.Identity;
using VoiceOrdering.Orders;
using VoiceOrdering.Pricing;

namespace VoiceOrdering.Grains.Tests.Customers;

public sealed class UsualOrderTests
{
    [Fact]
    public void What_came_most_often_is_the_usual() => UsualOrder.Of([Order("fries"), Order("cola", "burger"), Order("burger", "cola"), Order("fries"), Order("cola", "burger")])
        .Select(line => line.ItemId).ShouldBe(["cola", "burger"]);

    [Fact]
    public void Of_equals_the_one_ordered_last_is_the_usual() => UsualOrder.Of([Order("fries"), Order("cola"), Order("cola"), Order("fries")]).Single().ItemId.ShouldBe("fries");

    [Fact]
    public void Nothing_is_usual_that_came_once()
    {
        UsualOrder.Of([Order("fries"), Order("cola")]).ShouldBeEmpty();
        UsualOrder.Of([]).ShouldBeEmpty();
    }

    [Fact]
    public void Size_options_and_number_make_a_difference()
    {
        var plain = Order("burger");
        OrderView With(Func<CartLine, CartLine> change) => plain with { Lines = [change(plain.Lines[0])] };
        UsualOrder.Of([plain, With(line => line with { Size = "double" }), With(line => line with { Quantity = 2 }),
            With(line => line with { Options = [new ChosenOption("bacon", "Bacon", new Money(150, "USD"))] }),
            With(line => line with { Amounts = [new ChosenAmount("bacon", "Bacon", "extra")] }), With(line => line with { Amounts = [new ChosenAmount("bacon", "Bacon", "light")] }),
            With(line => line with { Without = [new ChosenOption("bacon", "Bacon", new Money(0, "USD"))] })]).ShouldBeEmpty();
    }

    [Fact]
    public void Prices_and_notices_make_none()
    {
        var plain = Order("burger");
        UsualOrder.Of([plain, plain with { Lines = [plain.Lines[0] with { UnitPrice = new Money(1, "USD"), Confidence = 0.8 }] }]).Count.ShouldBe(1);
    }

    private static OrderView Order(params string[] items) => new()
    {
        Id = new OrderId("o"),
        Number = "1",
        Restaurant = new RestaurantId("r"),
        Session = new SessionId("s"),
        Lines = [.. items.Select((item, at) => new CartLine { LineId = $"l{at}", ItemId = item, Name = item, Quantity = 1 })],
    };
}
