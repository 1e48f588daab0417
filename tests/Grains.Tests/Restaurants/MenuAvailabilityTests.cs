using VoiceOrdering.Grains.Restaurants;
using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Tests.Restaurants;

/// <summary>What is to be had when, in the restaurant's own time.</summary>
public sealed class MenuAvailabilityTests
{
    private static readonly Menu s_menu = TestMenus.Diner with
    {
        DayParts =
        [
            new DayPart("breakfast", "Breakfast", new TimeOnly(6, 0), new TimeOnly(11, 0), []),
            new DayPart("late", "Late Night", new TimeOnly(22, 0), new TimeOnly(2, 0), [DayOfWeek.Friday, DayOfWeek.Saturday]),
        ],
        Categories =
        [
            new MenuCategory("all", "All",
            [
                TestMenus.Item("pancakes", "Pancakes", 500) with { DayParts = ["breakfast"] },
                TestMenus.Item("nachos", "Nachos", 600) with { DayParts = ["late"] },
                TestMenus.Item("pumpkin", "Pumpkin Pie", 400) with { FromDate = new DateOnly(2026, 10, 1), UntilDate = new DateOnly(2026, 11, 30) },
                TestMenus.Item("cola", "Cola", 200),
            ]),
        ],
    };

    [Theory]
    [InlineData("2026-11-20T11:00:00Z", "nachos")] // 06:00 in New York, a Friday
    [InlineData("2026-11-20T10:59:59Z", "nachos pancakes")]
    [InlineData("2026-11-20T16:00:00Z", "nachos pancakes")] // 11:00
    [InlineData("2026-11-21T03:00:00Z", "pancakes")] // Friday 22:00
    [InlineData("2026-11-21T06:59:00Z", "pancakes")] // Saturday 01:59, still Friday's night
    [InlineData("2026-11-21T07:00:00Z", "nachos pancakes")]
    [InlineData("2026-11-23T03:00:00Z", "nachos pancakes")] // Sunday 22:00
    [InlineData("2026-12-01T04:59:00Z", "nachos pancakes")] // 30 November, 23:59
    [InlineData("2026-12-01T05:00:00Z", "nachos pancakes pumpkin")]
    [InlineData("2026-07-04T10:00:00Z", "nachos pumpkin")] // 06:00 with daylight saving time
    public void Day_parts_and_dates_follow_the_clock_of_the_restaurant(string now, string unavailable)
    {
        var found = new MenuAvailability(s_menu, [], "America/New_York").At(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture));

        string.Join(' ', found.Keys.Order(StringComparer.Ordinal)).ShouldBe(unavailable);
    }

    [Fact]
    public void A_mark_ends_at_its_instant()
    {
        var now = new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
        var menu = new MenuAvailability(s_menu, [new SoldOutItem("cola", now.AddHours(1), now, "me")], "UTC");

        menu.At(now)["cola"].ShouldBe(new Unavailability(UnavailableReason.SoldOut, now.AddHours(1), menu.At(now)["cola"].Served));
        menu.At(now.AddHours(1)).ShouldNotContainKey("cola");
        new MenuAvailability(s_menu, [new SoldOutItem("cola", null, now, "me")], "UTC").At(now.AddYears(1)).ShouldContainKey("cola");
    }

    [Fact]
    public void A_marked_option_is_out_wherever_it_is_offered_and_until_its_instant()
    {
        var now = new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
        var nested = TestMenus.Item("sub", "Sub", 700) with { Groups = [new OptionGroup("bread", "Bread", 0, 1, [TestMenus.Option("rye", "Rye", 0) with { Groups = [new OptionGroup("top", "Top", 0, 1, [TestMenus.Option("bacon", "Bacon", 50)])] }])] };
        var menu = TestMenus.Diner with { Categories = [.. TestMenus.Diner.Categories, new MenuCategory("subs", "Subs", [nested])] };
        var availability = new MenuAvailability(menu, [new SoldOutItem("bacon", now.AddHours(1), now, "me") { Kind = SoldOutKind.Option }, new SoldOutItem("cola", null, now, "me")], "UTC");

        var without = MenuAvailability.Without(menu, availability.At(now), availability.OptionsAt(now));

        string[] Out(IEnumerable<OptionGroup> groups) => [.. groups.SelectMany(group => group.Options).SelectMany(option => Out(option.Groups).Concat(option.Available ? [] : [option.Id]))];
        without.Categories.SelectMany(category => category.Items).ToDictionary(item => item.Id, item => string.Join(' ', Out(item.Groups))).Where(pair => pair.Value.Length > 0)
            .ShouldBe([new("classic-burger", "bacon"), new("cheeseburger", "bacon"), new("sub", "bacon")], ignoreOrder: true);
        without.Categories.SelectMany(category => category.Items).Where(item => !item.Available).Select(item => item.Id).ShouldBe(["corn-dog", "cola"], "an option's mark is no item's and an item's mark is no option's");
        availability.OptionsAt(now.AddHours(1)).ShouldBeEmpty();
        MenuAvailability.HasOption(menu, "bacon").ShouldBeTrue();
        MenuAvailability.HasOption(menu, "cheeseburger").ShouldBeFalse();
    }

    [Fact]
    public void The_refusal_says_why()
    {
        var why = new Unavailability(UnavailableReason.DayPart, null, ["Breakfast"]);

        Refusals.ItemUnavailable("Pancakes", why, ["Cola"]).Sentence.ShouldBe("Pancakes is only served at Breakfast. How about Cola?");
    }

    [Fact]
    public void Faults_of_times_are_found_with_their_paths()
    {
        var menu = s_menu with
        {
            DayParts = [.. s_menu.DayParts, s_menu.DayParts[0]],
            Categories = [new MenuCategory("all", "All", [TestMenus.Item("tea", "Tea", 100) with { DayParts = ["brunch"], FromDate = new DateOnly(2026, 2, 2), UntilDate = new DateOnly(2026, 2, 1) }])],
        };

        MenuValidation.Validate(menu, new Limits()).Select(fault => (fault.Code, fault.Path)).ShouldBe(
        [
            ("ID_DUPLICATE", "/dayParts/2/id"), ("DAY_PART_UNKNOWN", "/categories/0/items/0/dayParts/0"), ("DATES_REVERSED", "/categories/0/items/0/untilDate"),
        ]);
    }
}
