using Microsoft.Playwright;
using VoiceOrdering.E2E.Tests.Hosting;
using VoiceOrdering.TestKit.Browser;
using static Microsoft.Playwright.Assertions;

namespace VoiceOrdering.E2E.Tests.Pages;

/// <summary>The pages as a person uses them without speaking.</summary>
public sealed class TypedOrderTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task A_typed_order_reaches_the_kitchen_and_is_moved_through_its_states()
    {
        await using var kitchen = await product.KitchenAsync("owner@demo-burger");
        await kitchen.Page.Locator("#sound").ClickAsync();
        await using var window = await product.OrderPageAsync("owner@demo-burger");
        await TypeAsync(window, "two double classic burgers with bacon and no onions and a large cola");
        await Expect(window.Page.Locator("#cart-lines .line")).ToHaveCountAsync(2);
        await ShotAsync(window, "order-desktop");

        var number = await SubmitAsync(window);

        var ticket = kitchen.Page.Locator(".column[data-status=placed] .ticket", new() { HasText = number });
        await Expect(ticket).ToContainTextAsync("NO Onions");
        // Once for trying it out, once for the order.
        await Expect(kitchen.Page.Locator("body")).ToHaveAttributeAsync("data-rung", "2");
        await ShotAsync(kitchen, "kitchen-desktop");
        foreach (var (verb, status) in new[] { ("Accept", "accepted"), ("Start", "preparing"), ("Ready", "ready") })
        {
            await kitchen.Page.GetByRole(AriaRole.Button, new() { Name = $"{verb} order {number}" }).ClickAsync();
            await Expect(kitchen.Page.Locator($".column[data-status={status}] .ticket", new() { HasText = number })).ToBeVisibleAsync();
        }

        await kitchen.Page.GetByRole(AriaRole.Button, new() { Name = $"Handed over order {number}" }).ClickAsync();
        await Expect(kitchen.Page.Locator(".ticket", new() { HasText = number })).ToHaveCountAsync(0);
        await kitchen.Page.GetByRole(AriaRole.Button, new() { Name = $"Recall {number}" }).ClickAsync();
        await Expect(kitchen.Page.Locator(".column[data-status=ready] .ticket", new() { HasText = number })).ToBeVisibleAsync();
        await kitchen.Page.GetByLabel($"Order {number}", new() { Exact = true }).PressAsync("b");
        await Expect(kitchen.Page.Locator(".ticket", new() { HasText = number })).ToHaveCountAsync(0);
        window.Faults.ShouldBeEmpty();
        kitchen.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Amounts_and_wishes_are_on_the_page_and_stand_out_in_the_kitchen()
    {
        await using var kitchen = await product.KitchenAsync("owner@demo-burger");
        await using var window = await product.OrderPageAsync("owner@demo-burger");
        await TypeAsync(window, "a double classic burger with bacon and no pickles");
        await Expect(window.Page.Locator("#cart-lines .line")).ToHaveCountAsync(1);
        using var hand = await OrdersClient.LogInAsync(product.Api.Address, "owner@demo-burger");
        await hand.ChangeLineAsync(await SessionAsync(window), "l1", new
        {
            amounts = new[] { new { optionId = "bacon", amount = "extra" }, new { optionId = "onions", amount = "light" }, new { optionId = "ketchup", amount = "side" } },
            requests = new[] { "no mustard" },
        });
        await Expect(window.Page.Locator("#cart-lines .detail")).ToHaveTextAsync("Double · with extra Bacon, light Onions, Ketchup on the side · no Pickles, Mustard");
        await ShotAsync(window, "order-wishes");

        var number = await SubmitAsync(window);

        var ticket = kitchen.Page.Locator(".column[data-status=placed] .ticket", new() { HasText = number });
        await Expect(ticket.Locator(".without")).ToHaveTextAsync(["NO Pickles", "NO Mustard"]);
        await Expect(ticket.Locator(".amount")).ToHaveTextAsync(["LIGHT Onions", "Ketchup ON THE SIDE", "+ EXTRA Bacon"], new() { UseInnerText = true });
        await ShotAsync(kitchen, "kitchen-wishes");
        window.Faults.ShouldBeEmpty();
        kitchen.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Hand_edits_change_the_cart_and_a_reload_keeps_it()
    {
        await using var window = await product.OrderPageAsync("owner@demo-pizza");
        await TypeAsync(window, "a large margherita");
        var line = window.Page.Locator("#cart-lines .line");
        await Expect(line).ToHaveCountAsync(1);

        await window.Page.GetByRole(AriaRole.Button, new() { Name = "One Margherita more" }).ClickAsync();
        await Expect(line.Locator(".quantity")).ToHaveTextAsync("2");
        await window.Page.ReloadAsync();
        await Expect(line.Locator(".quantity")).ToHaveTextAsync("2");
        await Expect(window.Page.Locator("#transcript")).ToContainTextAsync("a large margherita");

        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Remove Margherita" }).ClickAsync();
        await Expect(line).ToHaveCountAsync(0);
        await Expect(window.Page.Locator("#review")).ToBeDisabledAsync();
    }

    [Fact]
    public async Task The_whole_order_works_by_keyboard_alone()
    {
        await using var window = await product.Browser.OpenAsync(product.Api.Address, WindowSize.Desktop);
        var page = window.Page;
        await page.GotoAsync("/");
        await Expect(page.GetByLabel("User")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("owner@demo-burger");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync(TestKit.Processes.ApiProcess.Password);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#talk")).ToBeEnabledAsync();
        await TabToAsync(page, "typed");
        await page.Keyboard.TypeAsync("a brownie");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#cart-lines .line")).ToHaveCountAsync(1);
        await TabToAsync(page, "review");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#submit")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#order-number")).Not.ToBeEmptyAsync();
    }

    [Fact]
    public async Task A_network_cut_while_submitting_keeps_the_cart_and_retries_into_one_order()
    {
        await using var window = await product.OrderPageAsync("owner@demo-burger");
        await TypeAsync(window, "three apple pies");
        await Expect(window.Page.Locator("#cart-lines .line")).ToHaveCountAsync(1);
        var session = await SessionAsync(window);
        await window.Page.Locator("#review").ClickAsync();

        // The first request reaches the server, its answer is lost; the second does not even leave.
        var lost = 0;
        await window.Page.RouteAsync("**/submit", async route =>
        {
            if (lost++ == 0)
            {
                await route.FetchAsync();
            }

            await route.AbortAsync();
        });
        await window.Page.Locator("#submit").ClickAsync();
        await Expect(window.Page.Locator("#review-error")).ToContainTextAsync("Nothing is lost");
        await ShotAsync(window, "order-network-cut");
        await window.Page.UnrouteAsync("**/submit");
        if (await window.Page.Locator("#order-number").IsHiddenAsync())
        {
            await window.Page.Locator("#submit").ClickAsync();
        }

        await Expect(window.Page.Locator("#order-number")).Not.ToBeEmptyAsync();
        using var orders = await OrdersClient.LogInAsync(product.Api.Address, "owner@demo-burger");
        (await orders.OfSessionAsync(session)).Lines.ShouldBe(["3 apple-pie = 1047"]);
    }

    [Fact]
    public async Task Without_the_scope_the_voice_button_is_off_and_says_why()
    {
        await using var window = await product.OrderPageAsync("server@demo-burger");
        await Expect(window.Page.Locator("#talk")).ToBeDisabledAsync();
        await Expect(window.Page.Locator("#talk-reason")).ToContainTextAsync("orders:create");
        await Expect(window.Page.Locator("#send")).ToBeDisabledAsync();
    }

    [Fact]
    public async Task Both_pages_fit_a_phone()
    {
        await using var window = await product.OrderPageAsync("owner@demo-burger", WindowSize.Phone);
        await TypeAsync(window, "a cheeseburger and two small lemonades");
        await Expect(window.Page.Locator("#cart-lines .line")).ToHaveCountAsync(2);
        await ShotAsync(window, "order-phone");
        await FitsAsync(window);
        await using var kitchen = await product.KitchenAsync("owner@demo-burger", WindowSize.Phone);
        await ShotAsync(kitchen, "kitchen-phone");
        await FitsAsync(kitchen);
    }

    [Fact]
    public async Task A_wrong_password_is_refused_in_words()
    {
        await using var window = await product.Browser.OpenAsync(product.Api.Address, WindowSize.Desktop);
        await window.Page.GotoAsync("/");
        await window.Page.GetByLabel("User").FillAsync("owner@demo-burger");
        await window.Page.GetByLabel("Password").FillAsync("wrong");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();
        await Expect(window.Page.Locator("#login-error")).Not.ToBeEmptyAsync();
        await Expect(window.Page.Locator("#order")).ToBeHiddenAsync();
    }

    internal static async Task TypeAsync(VoicePage window, string text)
    {
        await Expect(window.Page.Locator("#typed")).ToBeEnabledAsync();
        await window.Page.Locator("#typed").FillAsync(text);
        await window.Page.Locator("#typed").PressAsync("Enter");
        await Expect(window.Page.Locator("#typed")).ToHaveValueAsync("");
    }

    internal static async Task<string> SubmitAsync(VoicePage window)
    {
        await window.Page.Locator("#review").ClickAsync();
        await window.Page.Locator("#submit").ClickAsync();
        await Expect(window.Page.Locator("#order-number")).Not.ToBeEmptyAsync();
        return await window.Page.Locator("#order-number").InnerTextAsync();
    }

    internal static Task<string> SessionAsync(VoicePage window) =>
        window.Page.EvaluateAsync<string>("() => JSON.parse(localStorage.getItem('vo.session')).sessionId");

    internal static Task ShotAsync(VoicePage window, string name) =>
        window.Page.ScreenshotAsync(new() { Path = Path.Combine(Checkout.Screenshots, $"{name}.png"), FullPage = true });

    private static async Task FitsAsync(VoicePage window) =>
        (await window.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - window.innerWidth")).ShouldBeLessThanOrEqualTo(0, "nothing sticks out to the side");

    private static async Task TabToAsync(IPage page, string id)
    {
        for (var presses = 0; presses < 40; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<string>("() => document.activeElement?.id ?? ''") == id)
            {
                return;
            }
        }

        Assert.Fail($"'{id}' cannot be reached with the Tab key.");
    }
}
