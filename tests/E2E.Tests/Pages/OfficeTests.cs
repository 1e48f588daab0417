using Microsoft.Playwright;
using VoiceOrdering.E2E.Tests.Hosting;
using VoiceOrdering.TestKit.Browser;
using static Microsoft.Playwright.Assertions;

namespace VoiceOrdering.E2E.Tests.Pages;

/// <summary>The office page: what the people of a restaurant change, and what it does to orders that are being made.</summary>
public sealed class OfficeTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task An_item_sold_out_and_a_new_price_reach_an_order_that_is_being_made()
    {
        await using var order = await product.OrderPageAsync("owner@demo-burger");
        await order.Page.Locator("#typed").FillAsync("a brownie");
        await order.Page.Keyboard.PressAsync("Enter");
        await Expect(order.Page.Locator("#cart-lines .line")).ToHaveCountAsync(1);
        await using var office = await product.OfficeAsync("owner@demo-burger");

        await office.Page.GetByRole(AriaRole.Button, new() { Name = "Brownie is sold out" }).ClickAsync();

        await Expect(office.Page.Locator("#notice")).ToContainTextAsync("open orders were told");
        await Expect(order.Page.Locator(".line-notice")).ToContainTextAsync("sold out at the moment");
        await TypedOrderTests.ShotAsync(office, "office-menu");
        await TypedOrderTests.ShotAsync(order, "order-sold-out");
        await office.Page.GetByRole(AriaRole.Button, new() { Name = "Brownie is back" }).ClickAsync();
        await Expect(order.Page.Locator(".line-notice")).ToHaveCountAsync(0);

        await TypedOrderTests.TypeAsync(order, "a classic burger");
        await Expect(order.Page.Locator("#cart-lines .line")).ToHaveCountAsync(2);
        await office.Page.Locator("#options [data-option=lettuce]").ClickAsync();
        await Expect(order.Page.Locator(".line-notice")).ToContainTextAsync("Lettuce is sold out");
        await TypedOrderTests.ShotAsync(order, "order-option-sold-out");
        await TypedOrderTests.ShotAsync(office, "office-options");
        await order.Page.GetByRole(AriaRole.Button, new() { Name = "Agree to the change of Classic Burger" }).ClickAsync();
        await Expect(order.Page.Locator(".line-notice")).ToHaveCountAsync(0);
        await Expect(order.Page.Locator("#cart-lines")).ToContainTextAsync("no Lettuce");
        await office.Page.Locator("#options [data-option=lettuce]").ClickAsync();
        await Expect(office.Page.Locator("#options [data-option=lettuce]")).ToHaveTextAsync("Lettuce");
        office.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_item_is_edited_saved_and_brought_back()
    {
        await using var office = await product.OfficeAsync("owner@demo-pizza");
        var page = office.Page;
        await EditNameAsync(page, "Tiramisu", "Tiramisu of the House");
        await TypedOrderTests.ShotAsync(office, "office-item");
        await page.Locator("#menu-save").ClickAsync();
        await Expect(page.Locator("#notice")).ToContainTextAsync("Saved as version");
        await Expect(page.Locator("#versions tr")).ToHaveCountAsync(2);

        await page.GetByRole(AriaRole.Button, new() { Name = "Bring back" }).ClickAsync();

        await Expect(page.Locator("#notice")).ToContainTextAsync("The text of version 1 is version");
        await Expect(page.Locator("tr[data-item=tiramisu] td").First).ToHaveTextAsync("Tiramisu");
    }

    [Fact]
    public async Task A_lost_race_is_shown_and_nothing_that_was_entered_is_lost()
    {
        await using var first = await product.OfficeAsync("owner@demo-burger");
        await using var second = await product.OfficeAsync("owner@demo-burger");
        await EditNameAsync(first.Page, "Brownie", "Big Brownie");
        await EditNameAsync(second.Page, "Brownie", "Dark Brownie");
        await first.Page.Locator("#menu-save").ClickAsync();
        await Expect(first.Page.Locator("#notice")).ToContainTextAsync("Saved as version");

        await second.Page.Locator("#menu-save").ClickAsync();

        await Expect(second.Page.Locator("#notice")).ToContainTextAsync("Somebody else saved this menu meanwhile");
        await Expect(second.Page.Locator("tr[data-item=brownie] td").First).ToContainTextAsync("Dark Brownie");
        await second.Page.GetByRole(AriaRole.Button, new() { Name = "Save mine over theirs" }).ClickAsync();
        await Expect(second.Page.Locator("#notice")).ToContainTextAsync("Saved as version");
        await EditNameAsync(second.Page, "Dark Brownie", "Brownie");
        await second.Page.Locator("#menu-save").ClickAsync();
        await Expect(second.Page.Locator("#notice")).ToContainTextAsync("Saved as version");
    }

    [Fact]
    public async Task Faults_of_an_imported_menu_are_listed_and_a_good_one_is_stored()
    {
        await using var office = await product.OfficeAsync("owner@demo-pizza");
        var page = office.Page;
        await page.Locator("#import-text").FillAsync("""{"currency":"usd","tax":{"included":false,"classes":{"food":0}},"categories":[{"id":"a","name":"A","items":[{"id":"Bad Id","name":"X"}]}]}""");
        await page.Locator("#import-store").ClickAsync();
        await Expect(page.Locator("#import-faults li")).ToHaveCountAsync(2);
        await Expect(page.Locator("#import-faults")).ToContainTextAsync("/categories/0/items/0/id");
        await page.Locator("#import-text").FillAsync("{");
        await page.Locator("#import-check").ClickAsync();
        await Expect(page.Locator("#import-faults")).ToContainTextAsync("This is no JSON");

        await page.Locator("#import-name").FillAsync("lunch");
        await page.Locator("#import-text").FillAsync("""{"currency":"USD","tax":{"included":false,"classes":{"food":0}},"categories":[{"id":"a","name":"A","items":[{"id":"soup","name":"Soup","priceMinor":450,"taxClass":"food"}]}]}""");
        await page.Locator("#import-store").ClickAsync();

        await Expect(page.Locator("#notice")).ToContainTextAsync("Stored in the menu lunch");
        await Expect(page.Locator("#in-force")).ToContainTextAsync("not in force");
    }

    [Fact]
    public async Task Settings_are_saved_and_loaded_faults_stand_beside_their_fields_and_no_network_loses_nothing()
    {
        await using var office = await product.OfficeAsync("owner@demo-pizza", "settings");
        var page = office.Page;
        await page.Locator("#set-notice").FillAsync("No cards today.");
        await page.Locator("#set-name").FillAsync("");
        await page.Locator("#settings-save").ClickAsync();
        await Expect(page.Locator(".field", new() { Has = page.Locator("#set-name") }).Locator(".fault")).ToBeVisibleAsync();
        await page.Locator("#set-name").FillAsync("Pronto");

        await page.Context.SetOfflineAsync(true);
        await page.Locator("#settings-save").ClickAsync();
        await Expect(page.Locator("#notice")).ToContainTextAsync("Nothing you entered is lost");
        await TypedOrderTests.ShotAsync(office, "office-offline");
        await page.Context.SetOfflineAsync(false);
        await page.Locator("#settings-save").ClickAsync();
        await Expect(page.Locator("#notice")).ToContainTextAsync("Saved.");

        await page.ReloadAsync();
        await Expect(page.Locator("#set-notice")).ToHaveValueAsync("No cards today.");
        await Expect(page.Locator("#set-name")).ToHaveValueAsync("Pronto");
    }

    [Fact]
    public async Task A_user_and_a_key_are_made_and_taken_back()
    {
        await using var office = await product.OfficeAsync("owner@demo-burger", "users");
        var page = office.Page;
        await page.Locator("#user-name").FillAsync("ann");
        await page.Locator("#user-password").FillAsync("short");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add user" }).ClickAsync();
        await Expect(page.GetByText("A password has 12 to 256 characters.")).ToBeVisibleAsync();
        await page.Locator("#user-password").FillAsync("a long enough secret");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add user" }).ClickAsync();
        await Expect(page.Locator("tr[data-user='ann@demo-burger']")).ToBeVisibleAsync();
        await page.Locator("tr[data-user='ann@demo-burger']").GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.Locator("tr[data-user='ann@demo-burger']")).ToContainTextAsync("disabled");

        await page.GetByRole(AriaRole.Tab, new() { Name = "API keys" }).ClickAsync();
        await page.Locator("#key-label").FillAsync("till");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make key" }).ClickAsync();
        await Expect(page.Locator("#new-key")).ToContainTextAsync("vo_");
        page.Dialog += (_, dialog) => dialog.AcceptAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke" }).ClickAsync();
        await Expect(page.Locator("#keys")).ToContainTextAsync("revoked");
        await Expect(page.Locator("#new-key")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Tab, new() { Name = "Who did what" }).ClickAsync();
        await Expect(page.Locator("#audit")).ToContainTextAsync("apikey.revoked");
    }

    [Fact]
    public async Task What_a_user_may_not_do_is_shown_and_cannot_be_pressed()
    {
        await using var office = await product.OfficeAsync("staff@demo-burger");

        await Expect(office.Page.Locator("#locked")).ToContainTextAsync("Crossed-out parts need a permission your user does not have.");
        await Expect(office.Page.GetByRole(AriaRole.Tab, new() { Name = "Menu" })).ToBeDisabledAsync();
        await Expect(office.Page.GetByRole(AriaRole.Tab, new() { Name = "Vouchers" })).ToBeDisabledAsync();
        await Expect(office.Page.Locator("#customer-phone")).ToBeVisibleAsync();

        await using var ops = await product.OfficeAsync("ops@platform", "flags");
        await Expect(ops.Page.Locator("tr[data-flag=MATCH_THRESHOLD_075]")).ToBeVisibleAsync();
    }

    private static async Task EditNameAsync(IPage page, string name, string next)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = $"Edit {name}", Exact = true }).ClickAsync();
        await page.Locator("#item-price").FillAsync("nonsense");
        await page.Locator("#item-name").FillAsync(next);
        await page.Locator("#item-take").ClickAsync();
        await Expect(page.Locator("#item-fault")).ToContainTextAsync("must be a number");
        await page.Locator("#item-price").FillAsync("4.50");
        await page.Locator("#item-take").ClickAsync();
        await Expect(page.Locator("#menu-save")).ToHaveTextAsync("Save 1 change");
    }
}
