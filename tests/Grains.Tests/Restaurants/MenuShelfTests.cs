using VoiceOrdering.Grains.Restaurants;
using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Tests.Restaurants;

/// <summary>Versions of several menus over time.</summary>
public sealed class MenuShelfTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly Limits s_limits = new() { MenuVersions = 3 };

    [Fact]
    public void The_newest_version_whose_time_has_come_is_in_force()
    {
        var shelf = Stored(("main", null), ("main", s_now.AddHours(1)));

        MenuShelf.InForce(shelf, s_now)!.Version.ShouldBe(1);
        MenuShelf.InForce(shelf, s_now.AddHours(1))!.Version.ShouldBe(2);
        MenuShelf.NewestVersion(shelf, "main").ShouldBe(2);
    }

    [Fact]
    public void A_switch_puts_another_menu_in_force_until_the_next_one()
    {
        var shelf = Stored(("main", null), ("holiday", null));
        shelf = MenuShelf.Switch(shelf, new MenuSwitch("holiday", s_now.AddHours(1), "me"), s_now);
        shelf = MenuShelf.Switch(shelf, new MenuSwitch("main", s_now.AddHours(2), "me"), s_now);

        string?[] inForce = [.. Enumerable.Range(0, 3).Select(hour => MenuShelf.InForce(shelf, s_now.AddHours(hour))?.MenuId)];
        inForce.ShouldBe(["main", "holiday", "main"]);
        MenuShelf.Pending(shelf, s_now.AddHours(3)).Select(change => change.MenuId).ShouldBe(["main"]);
        MenuShelf.InForce(MenuShelf.Cancel(shelf, "holiday", s_now.AddHours(1), s_now), s_now.AddHours(1))!.MenuId.ShouldBe("main");
    }

    [Fact]
    public void A_switch_in_the_past_is_one_for_now()
    {
        var shelf = MenuShelf.Switch(Stored(("main", null), ("holiday", null)), new MenuSwitch("holiday", DateTimeOffset.MinValue, "me"), s_now);

        shelf.Schedule.Single().From.ShouldBe(s_now);
        MenuShelf.InForce(shelf, s_now)!.MenuId.ShouldBe("holiday");
    }

    [Fact]
    public void Old_versions_go_but_never_the_one_in_force()
    {
        var waiting = Enumerable.Range(1, 5).Select(hour => ("main", (DateTimeOffset?)s_now.AddHours(hour)));
        var shelf = Stored([("main", null), .. waiting]);

        shelf.Versions.Select(version => version.Version).ShouldBe([1, 4, 5, 6]);
        MenuShelf.InForce(shelf, s_now)!.Version.ShouldBe(1);
        shelf.NextVersion.ShouldBe(7);
    }

    [Fact]
    public void The_effective_menu_changes_with_the_clock_and_tells_when_it_did()
    {
        var clock = new TestKit.Time.ManualTimeProvider();
        var effective = new EffectiveMenu(clock);
        var shelf = Stored(("main", null));
        var marks = new[] { new SoldOutItem("cola", clock.GetUtcNow() + TimeSpan.FromSeconds(90), clock.GetUtcNow(), "me") };

        var (first, isNew) = effective.Look(shelf, [], "UTC");
        (first!.Revision, isNew).ShouldBe((0, false));
        effective.Invalidate();
        var (marked, markedIsNew) = effective.Look(shelf, marks, "UTC");
        (marked!.Revision > 0, markedIsNew, Find(marked, "cola").Available).ShouldBe((true, true, false));
        clock.Advance(TimeSpan.FromSeconds(89));
        effective.Look(shelf, marks, "UTC").Menu.ShouldBeSameAs(marked);
        clock.Advance(TimeSpan.FromSeconds(1));
        var (back, backIsNew) = effective.Look(shelf, marks, "UTC");
        (back!.Revision, backIsNew, Find(back, "cola").Available).ShouldBe((0, true, true));
    }

    private static MenuItem Find(MenuSnapshot menu, string id) => menu.Menu.Categories.SelectMany(category => category.Items).First(item => item.Id == id);

    private static MenuHistory Stored(params (string Menu, DateTimeOffset? From)[] versions) => versions.Aggregate(new MenuHistory(), (shelf, version) =>
        MenuShelf.Store(shelf, new MenuSnapshot(shelf.NextVersion, TestMenus.Diner) { MenuId = version.Menu, ActiveFrom = version.From }, s_limits, s_now));
}
