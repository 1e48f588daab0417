using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using VoiceOrdering.Grains.Restaurants;
using VoiceOrdering.Json;
using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Tests.Restaurants;

public sealed class MenuValidationTests
{
    private static readonly Limits s_limits = new();

    [Fact]
    public void The_demo_menus_are_valid_and_realistic()
    {
        foreach (var demo in DemoRestaurants.All)
        {
            MenuValidation.Validate(demo.Menu, s_limits).ShouldBeEmpty(demo.Profile.Id.Value);
            var items = demo.Menu.Categories.SelectMany(category => category.Items).ToList();
            items.Count.ShouldBeGreaterThanOrEqualTo(40);
            items.ShouldContain(item => item.Sizes.Count > 1);
            items.ShouldContain(item => item.Groups.Count(group => group.Min == 1) >= 2, "a combo");
            items.ShouldContain(item => item.Allergens.Count > 0);
        }
    }

    [Fact]
    public void A_menu_survives_the_way_through_JSON()
    {
        var menu = DemoRestaurants.Load("demo-pizza").Menu;
        var again = JsonSerializer.Deserialize<Menu>(WireJson.Write(menu), WireJson.Options)!;
        WireJson.Write(again).ShouldBe(WireJson.Write(menu));
    }

    [Fact]
    public void All_faults_are_listed_at_once_with_their_paths()
    {
        var burger = TestMenus.Item("Classic Burger!", " burger|", -5) with
        {
            TaxClass = "luxury",
            Groups =
            [
                new OptionGroup("extras", "Extras", 2, 1, [new MenuOption("bacon", "Bacon", 150, true, ["a,b"])]),
                new OptionGroup("empty", "Empty", 0, 1, []),
            ],
        };
        var menu = new Menu("usd", new TaxRule(false, new Dictionary<string, int> { ["a/b"] = 20_000 }),
            [new MenuCategory("one", "One", [burger, TestMenus.Item("cola", "Cola", 100) with { TaxClass = "a/b" }, TestMenus.Item("cola", "COLA", 100) with { TaxClass = "a/b" }])]);
        Faults(menu).ShouldBe(
        [
            ("/currency", "CURRENCY_INVALID"),
            ("/tax/classes/a~1b", "TAX_RATE_INVALID"),
            ("/categories/0/items/0/id", "ID_INVALID"),
            ("/categories/0/items/0/name", "NAME_INVALID"),
            ("/categories/0/items/0/taxClass", "TAX_CLASS_UNKNOWN"),
            ("/categories/0/items/0/priceMinor", "PRICE_INVALID"),
            ("/categories/0/items/0/groups/0/min", "GROUP_RANGE_INVALID"),
            ("/categories/0/items/0/groups/0/options/0/aliases/0", "NAME_INVALID"),
            ("/categories/0/items/0/groups/0/options/0/priceDeltaMinor", "DEFAULT_PRICED"),
            ("/categories/0/items/0/groups/1/options", "OPTIONS_MISSING"),
            ("/categories/0/items/2/id", "ID_DUPLICATE"),
        ]);
    }

    [Fact]
    public void Two_items_cannot_have_one_name()
    {
        var menu = new Menu("USD", new TaxRule(false, new Dictionary<string, int> { ["food"] = 0 }),
            [new MenuCategory("one", "One", [TestMenus.Item("cola", "Cola", 100), TestMenus.Item("pop", "Pop", 100) with { Aliases = ["cola"] }])]);
        Faults(menu).ShouldBe([("/categories/0/items/1/aliases/0", "NAME_AMBIGUOUS")]);
    }

    [Theory]
    [InlineData(0, 2, 500, "SIZE_DEFAULTS_MANY")]
    [InlineData(0, 1, -1, "PRICE_INVALID")]
    [InlineData(-600, 1, 500, "PRICE_NEGATIVE")]
    public void Prices_of_sizes_are_checked(long delta, int defaults, long price, string code)
    {
        var item = TestMenus.Item("cola", "Cola", 0) with
        {
            Sizes = [new MenuSize("small", "Small", price, defaults > 0), new MenuSize("large", "Large", 900, defaults > 1)],
            Groups = delta == 0 ? [] : [new OptionGroup("extras", "Extras", 0, 1, [TestMenus.Option("own-cup", "Own Cup", delta)])],
        };
        var menu = new Menu("USD", new TaxRule(false, new Dictionary<string, int> { ["food"] = 0 }), [new MenuCategory("one", "One", [item])]);
        Faults(menu).Single().Code.ShouldBe(code);
    }

    [Fact]
    public void Missing_lists_are_faults_or_empty_but_never_an_exception()
    {
        var menu = JsonSerializer.Deserialize<Menu>("""{"currency":"USD","tax":{"included":false,"classes":{"food":0}},"categories":[{"id":"a","name":"A","items":[{"id":"b","name":"B","taxClass":"food","groups":[{"id":"g","name":"G","min":0,"max":1,"options":[{"id":"o","name":"O"}]}]},null]},null]}""", WireJson.Options)!;
        Faults(menu).Select(fault => fault.Path).ShouldBe(
            ["/categories/0/items/1/id", "/categories/0/items/1/name", "/categories/0/items/1/taxClass", "/categories/1/id", "/categories/1/name"]);
        Faults(JsonSerializer.Deserialize<Menu>("{}", WireJson.Options)!).ShouldContain(("/categories", "MENU_EMPTY"));
    }

    [Fact]
    public void A_valid_menu_with_one_damaged_price_has_exactly_that_fault()
    {
        var menu = DemoRestaurants.Load("demo-burger").Menu;
        var places = (from c in Enumerable.Range(0, menu.Categories.Count)
                      from i in Enumerable.Range(0, menu.Categories[c].Items.Count)
                      where menu.Categories[c].Items[i].Sizes.Count == 0
                      select (c, i)).ToArray();
        Prop.ForAll(Arb.From(Gen.Elements(places)), place =>
        {
            var categories = menu.Categories.ToArray();
            var items = categories[place.c].Items.ToArray();
            items[place.i] = items[place.i] with { PriceMinor = -1 };
            categories[place.c] = categories[place.c] with { Items = items };
            return Faults(menu with { Categories = categories }) is [var only] && only == ($"/categories/{place.c}/items/{place.i}/priceMinor", "PRICE_INVALID");
        }).QuickCheckThrowOnFailure();
    }

    private static (string Path, string Code)[] Faults(Menu menu) => [.. MenuValidation.Validate(menu, s_limits).Select(fault => (fault.Path, fault.Code))];
}
