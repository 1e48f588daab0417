using Microsoft.Playwright;
using VoiceOrdering.E2E.Tests.Hosting;
using VoiceOrdering.TestKit.Browser;
using static Microsoft.Playwright.Assertions;

namespace VoiceOrdering.E2E.Tests.Pages;

/// <summary>Vouchers and customers, from the office to the order and back.</summary>
public sealed class VoucherTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task A_voucher_is_issued_taken_on_by_two_orders_and_redeemed_by_one()
    {
        await using var office = await product.OfficeAsync("owner@demo-burger", "vouchers");
        await office.Page.Locator("#voucher-value").FillAsync("2.00");
        await office.Page.Locator("#voucher-note").FillAsync("late delivery");
        await office.Page.Locator("#voucher-issue").ClickAsync();
        var code = await office.Page.Locator("#new-voucher").TextContentAsync() ?? "";
        await using var first = await product.OrderPageAsync("owner@demo-burger");
        await using var second = await product.OrderPageAsync("owner@demo-burger");
        foreach (var window in new[] { first, second })
        {
            await TypedOrderTests.TypeAsync(window, "a brownie");
            await Expect(window.Page.Locator("#cart-lines .line")).ToHaveCountAsync(1);
            await window.Page.Locator("#voucher-box summary").ClickAsync();
            await window.Page.Locator("#voucher-code").FillAsync(code[..^1] + (char)('0' + ((code[^1] - '0' + 1) % 10)));
            await window.Page.Keyboard.PressAsync("Enter");
            await Expect(window.Page.Locator("#voucher-fault")).ToContainTextAsync("twelve digits");
            await window.Page.Locator("#voucher-code").FillAsync(code);
            await window.Page.Keyboard.PressAsync("Enter");
            await Expect(window.Page.Locator("#discount")).ToHaveTextAsync("−$2.00");
        }

        await TypedOrderTests.ShotAsync(first, "order-voucher");
        await TypedOrderTests.SubmitAsync(first);

        await second.Page.Locator("#review").ClickAsync();
        var before = await second.Page.Locator("#review-total").TextContentAsync();
        await second.Page.Locator("#submit").ClickAsync();
        await Expect(second.Page.Locator("#review-error")).ToContainTextAsync("has been used already");
        await Expect(second.Page.Locator("#review-total")).Not.ToHaveTextAsync(before!);
        await TypedOrderTests.ShotAsync(second, "order-voucher-used");
        await second.Page.Locator("#submit").ClickAsync();
        await Expect(second.Page.Locator("#placed-dialog")).ToBeVisibleAsync();

        await office.Page.ReloadAsync();
        await Expect(office.Page.Locator("#vouchers tbody tr").First).ToContainTextAsync("redeemed");
        await TypedOrderTests.ShotAsync(office, "office-vouchers");
        // The browser tells refused requests on its console; nothing else may be there.
        office.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_answer_that_got_lost_is_asked_for_again_and_no_second_voucher_is_issued()
    {
        await using var office = await product.OfficeAsync("owner@demo-burger", "vouchers");
        var page = office.Page;
        var asked = new List<string>();
        await page.RouteAsync("**/api/v1/vouchers", async route =>
        {
            if (route.Request.Method != "POST")
            {
                await route.ContinueAsync();
                return;
            }

            asked.Add(route.Request.PostData!);
            if (asked.Count > 1)
            {
                await route.ContinueAsync();
                return;
            }

            await route.FetchAsync();
            await route.AbortAsync();
        });
        await page.Locator("#voucher-value").FillAsync("7");
        await page.Locator("#voucher-days").FillAsync("30");
        await page.Locator("#voucher-issue").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(page.Locator("#new-voucher")).ToBeVisibleAsync();
        asked.Count.ShouldBe(2);
        asked[1].ShouldBe(asked[0], "one intention is one request, the end of the voucher too");
        await Expect(page.Locator("#vouchers tbody tr", new() { HasText = "$7.00" })).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task More_vouchers_are_shown_once_however_often_they_are_asked_for()
    {
        await using var office = await product.OfficeAsync("owner@demo-burger", "vouchers");
        var page = office.Page;
        await page.Locator("#voucher-issue").WaitForAsync();
        await page.EvaluateAsync("""
            async () => {
              const { send } = await import('/js/api.js');
              for (let i = 0; i < 120; i += 1) await send('POST', '/api/v1/vouchers', { body: { amountMinor: 100, note: 'many' } });
            }
            """);
        await page.ReloadAsync();
        await Expect(page.Locator("#vouchers tbody tr")).ToHaveCountAsync(50);
        var held = new TaskCompletionSource();
        await page.RouteAsync("**/api/v1/vouchers?cursor=*", async route =>
        {
            await held.Task;
            await route.ContinueAsync();
        });
        // Two clicks of a user, before the first is answered.
        await page.Locator("#voucher-more").EvaluateAsync("more => { more.click(); more.click(); }");
        held.SetResult();
        await Expect(page.Locator("#vouchers tbody tr")).ToHaveCountAsync(100);
        await page.Locator("#voucher-more").ClickAsync();
        await Expect(page.Locator("#voucher-more")).ToBeHiddenAsync();
        var codes = await page.Locator("#vouchers tbody tr").EvaluateAllAsync<string[]>("rows => rows.map(row => row.dataset.voucher)");
        codes.Distinct().Count().ShouldBe(codes.Length);
    }

    [Fact]
    public async Task Giving_a_voucher_without_a_network_is_told_and_can_be_given_later()
    {
        await using var office = await product.OfficeAsync("owner@demo-burger", "customers");
        var page = office.Page;
        await page.Locator("#customer-phone").FillAsync("+1 415 555 0178");
        await page.Locator("#customer-find").ClickAsync();
        await page.Locator("#customer-save").ClickAsync();
        await page.Locator("#customer-voucher").FillAsync("3");
        await page.Context.SetOfflineAsync(true);
        await page.GetByRole(AriaRole.Button, new() { Name = "Give", Exact = true }).ClickAsync();
        await Expect(page.Locator("#notice")).ToContainTextAsync("Nothing you entered is lost");
        await page.Context.SetOfflineAsync(false);
        await page.GetByRole(AriaRole.Button, new() { Name = "Give", Exact = true }).ClickAsync();
        await Expect(page.Locator("#customer-voucher-said")).ToContainTextAsync("$3.00: ");
    }

    [Fact]
    public async Task A_voucher_is_taken_back_and_nobody_can_use_it()
    {
        await using var office = await product.OfficeAsync("owner@demo-pizza", "vouchers");
        await office.Page.Locator("#voucher-issue").ClickAsync();
        await Expect(office.Page.Locator(".fault", new() { HasText = "What is it worth?" })).ToBeVisibleAsync();
        await office.Page.Locator("#voucher-kind").SelectOptionAsync("percent");
        await office.Page.Locator("#voucher-value").FillAsync("15");
        await office.Page.Locator("#voucher-days").FillAsync("30");
        await office.Page.Locator("#voucher-issue").ClickAsync();
        var code = await office.Page.Locator("#new-voucher").TextContentAsync() ?? "";
        await Expect(office.Page.Locator("#vouchers tbody tr")).ToContainTextAsync("15 %");
        office.Page.Dialog += (_, dialog) => dialog.AcceptAsync();
        await office.Page.GetByRole(AriaRole.Button, new() { Name = "Take back" }).ClickAsync();
        await Expect(office.Page.Locator("#vouchers tbody tr")).ToContainTextAsync("voided");

        await using var window = await product.OrderPageAsync("owner@demo-pizza");
        await TypedOrderTests.TypeAsync(window, "a tiramisu");
        await window.Page.Locator("#voucher-box summary").ClickAsync();
        await window.Page.Locator("#voucher-code").FillAsync(code);
        await window.Page.Keyboard.PressAsync("Enter");
        await Expect(window.Page.Locator("#voucher-fault")).ToHaveTextAsync("That voucher is no longer valid.");
    }

    [Fact]
    public async Task A_customer_is_stored_found_given_a_voucher_and_forgotten()
    {
        await using var office = await product.OfficeAsync("owner@demo-burger", "customers");
        var page = office.Page;
        await page.Locator("#customer-phone").FillAsync("12");
        await page.Locator("#customer-find").ClickAsync();
        await Expect(page.Locator(".fault", new() { HasText = "area code" })).ToBeVisibleAsync();
        await page.Locator("#customer-phone").FillAsync("+1 415 555 0177");
        await page.Locator("#customer-find").ClickAsync();
        await Expect(page.Locator("#customer h2").First).ToHaveTextAsync("A new customer");
        await page.Locator("#customer-name").FillAsync("Ada");
        await page.Locator("#customer-allergens").FillAsync("Milk, egg");
        await page.Locator("#customer-save").ClickAsync();
        await Expect(page.Locator("#customer h2").First).ToHaveTextAsync("+14155550177");
        await Expect(page.Locator("#customer-allergens")).ToHaveValueAsync("egg, milk");
        await page.Locator("#customer-voucher").FillAsync("5");
        await page.GetByRole(AriaRole.Button, new() { Name = "Give", Exact = true }).ClickAsync();
        await Expect(page.Locator("#customer-voucher-said")).ToContainTextAsync("$5.00: ");
        await TypedOrderTests.ShotAsync(office, "office-customer");
        page.Dialog += (_, dialog) => dialog.AcceptAsync();
        await page.Locator("#customer-forget").ClickAsync();
        await Expect(page.Locator("#notice")).ToContainTextAsync("forgotten");
        await page.Locator("#customer-phone").FillAsync("+1 415 555 0177");
        await page.Locator("#customer-find").ClickAsync();
        await Expect(page.Locator("#customer h2").First).ToHaveTextAsync("A new customer");
    }

    [Fact]
    public async Task A_regular_says_the_usual_and_a_voucher_in_the_conversation()
    {
        await using var office = await product.OfficeAsync("owner@demo-burger", "vouchers");
        await office.Page.Locator("#voucher-value").FillAsync("1.50");
        await office.Page.Locator("#voucher-issue").ClickAsync();
        var code = await office.Page.Locator("#new-voucher").TextContentAsync() ?? "";
        for (var visit = 0; visit < 2; visit++)
        {
            await using var before = await product.OrderPageAsync("owner@demo-burger");
            await TalkWithFeaturesAsync(before);
            await TypedOrderTests.TypeAsync(before, "my number is plus one 415 555 0133");
            await Expect(before.Page.Locator("#transcript")).ToContainTextAsync(visit == 0 ? "I noted your number" : "Last time you had 1 Brownie");
            await TypedOrderTests.TypeAsync(before, visit == 0 ? "a brownie" : "yes please");
            await Expect(before.Page.Locator("#cart-lines .line")).ToHaveCountAsync(1);
            await TypedOrderTests.SubmitAsync(before);
        }

        await using var window = await product.OrderPageAsync("owner@demo-burger");
        await TalkWithFeaturesAsync(window);
        await TypedOrderTests.TypeAsync(window, "the usual, please");
        await Expect(window.Page.Locator("#transcript")).ToContainTextAsync("What is your phone number");
        await TypedOrderTests.TypeAsync(window, "plus one 415 555 0133");
        await Expect(window.Page.Locator("#cart-lines .line")).ToContainTextAsync("1 × Brownie");
        await TypedOrderTests.TypeAsync(window, $"I have a voucher, {code}");
        await Expect(window.Page.Locator("#transcript")).ToContainTextAsync("The voucher takes 1.50 dollars off");
        await Expect(window.Page.Locator("#discount")).ToHaveTextAsync("−$1.50");
        await TypedOrderTests.TypeAsync(window, "that's all");
        await Expect(window.Page.Locator("#transcript")).ToContainTextAsync("after 1.50 dollars off");
        await TypedOrderTests.TypeAsync(window, "yes");
        await Expect(window.Page.Locator("#placed-dialog")).ToBeVisibleAsync();
        await TypedOrderTests.ShotAsync(window, "order-usual-voucher");
    }

    // In development a session may be opened with flags of its own; the page takes it up like any other.
    private static async Task TalkWithFeaturesAsync(VoicePage window)
    {
        // The page keeps the session it opens itself; one that arrives late would take the place of this.
        await window.Page.WaitForFunctionAsync("() => localStorage.getItem('vo.session')");
        await window.Page.EvaluateAsync("""
            async () => {
              const { send, token } = await import('/js/api.js');
              const flags = { FEATURE_AGENT_VOUCHERS: true, FEATURE_AGENT_CUSTOMER_LOOKUP: true, NEW_CUSTOMER_ID_FLOW: true };
              const { data } = await send('POST', '/api/v1/sessions', { body: { channel: 'web', flags } });
              const { username, restaurantId } = token.get();
              localStorage.setItem('vo.session', JSON.stringify({ username, restaurantId, sessionId: data.sessionId, resumeToken: data.resumeToken }));
            }
            """);
        await window.Page.ReloadAsync();
    }
}
