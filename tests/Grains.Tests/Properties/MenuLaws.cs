using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using VoiceOrdering.Api.Menus;
using VoiceOrdering.Grains.Restaurants;
using VoiceOrdering.Grains.Restaurants.Matching;
using VoiceOrdering.Json;
using VoiceOrdering.Restaurants;
using VoiceOrdering.TestKit.Laws;

namespace VoiceOrdering.Grains.Tests.Properties;

/// <summary>Menus that are right are taken as they are; menus that are wrong are turned down at the right place.</summary>
public sealed class MenuLaws
{
    private static readonly Limits s_limits = new();

    public static TheoryData<string> Damages { get; } = [.. MenuDamage.All.Select(damage => damage.Name)];

    [Fact]
    public void A_valid_menu_has_no_fault_and_comes_out_as_it_went_in() => Law.Holds(MenuWriter.Valid, menu =>
    {
        MenuValidation.Validate(menu, s_limits).ShouldBeEmpty();
        var exported = WireJson.Write(menu);
        var (imported, faults) = MenuDocument.Read(JsonDocument.Parse(exported).RootElement);
        faults.ShouldBeEmpty("the published schema takes what is valid");
        WireJson.Write(imported).ShouldBe(exported);
        WireJson.Write(MenuNormalization.WithoutNulls(imported!)).ShouldBe(exported);
        MenuValidation.Validate(imported!, s_limits).ShouldBeEmpty();
    }, describe: menu => WireJson.Write(menu), run: new LawRun(120));

    [Fact]
    public void An_effective_menu_is_flat_every_id_in_an_item_is_one_option_and_every_parent_is_there() => Law.Holds(MenuWriter.Valid, menu =>
    {
        var flat = MenuExpansion.Expand(menu);
        CheckFlat(flat);
        MenuExpansion.Expand(flat).ShouldBeSameAs(flat);
        var index = MenuIndex.Build(new MenuSnapshot(1, flat));
        foreach (var item in flat.Categories.SelectMany(category => category.Items)) index.Find(item.Id)!.Item.ShouldBeSameAs(item);
    }, describe: menu => WireJson.Write(menu));

    [Fact]
    public void Whatever_may_be_stored_can_be_ordered_at_a_price_that_is_not_negative_however_alike_its_ids()
    {
        var stored = 0;
        var menus = from menu in MenuWriter.Wild from seed in Gen.Choose(0, int.MaxValue - 1) select (menu, seed);
        Law.Holds(menus, drawn =>
        {
            var (menu, seed) = drawn;
            if (MenuValidation.Validate(menu, s_limits).Count > 0) return;
            stored++;
            CheckFlat(MenuExpansion.Expand(menu));
            var order = PricedOrder.Of(menu, new Random(seed), 30);
            foreach (var line in order.Add(s_limits with { OrderTotalMinor = long.MaxValue }).Lines) line.UnitPrice.AmountMinor.ShouldBeGreaterThanOrEqualTo(0, line.ItemId);
        }, describe: drawn => WireJson.Write(drawn.menu), run: new LawRun(1_500, 40));
        stored.ShouldBeGreaterThan(100, "menus that may be stored");
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public void A_damage_is_named_at_its_place(string name)
    {
        var damage = MenuDamage.All.Single(each => each.Name == name);
        var cases =
            from menu in MenuWriter.Valid
            from seed in Gen.Choose(0, int.MaxValue - 1)
            let tree = new MenuTree(JsonNode.Parse(WireJson.Write(menu))!.AsObject(), new Random(seed))
            let place = damage.Spoil(tree)
            where place is not null
            select (Tree: tree, Place: place);
        Law.Holds(cases, spoiled =>
        {
            var document = JsonSerializer.SerializeToElement(spoiled.Tree.Root);
            var faults = MenuValidation.Validate(document.Deserialize<Menu>(WireJson.Options)!, s_limits);
            faults.ShouldContain(fault => fault.Path == spoiled.Place && fault.Code == damage.Code, $"{damage.Code} at {spoiled.Place} among {string.Join(", ", faults)}");
            var (_, schemaFaults) = MenuDocument.Read(document);
            if (schemaFaults.Count > 0 && faults.Count == 1) schemaFaults.ShouldContain(fault => fault.Path == spoiled.Place, "what the schema sees first is at the same place");
            foreach (var fault in faults.Concat(schemaFaults))
            {
                fault.Sentence.ShouldNotBeEmpty();
                spoiled.Tree.Find(fault.Path[..Math.Max(0, fault.Path.LastIndexOf('/'))]).ShouldNotBeNull($"{fault.Path} is in the document, or a member missing there");
            }
        }, describe: spoiled => $"{spoiled.Place} in {spoiled.Tree.Root.ToJsonString()}", run: new LawRun(15));
    }

    private static void CheckFlat(Menu menu)
    {
        foreach (var item in menu.Categories.SelectMany(category => category.Items))
        {
            item.Slots.ShouldBeEmpty();
            var options = item.Groups.SelectMany(group => group.Options).ToArray();
            options.ShouldAllBe(option => option.Groups.Count == 0);
            options.Select(option => option.Id).ShouldBeUnique(item.Id);
            item.Groups.Select(group => group.Id).ShouldBeUnique(item.Id);
            foreach (var group in item.Groups.Where(group => group.ParentOption is not null)) options.ShouldContain(option => option.Id == group.ParentOption);
        }
    }
}
