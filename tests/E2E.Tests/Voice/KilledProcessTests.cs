using VoiceOrdering.E2E.Tests.Hosting;
using VoiceOrdering.TestKit.Browser;
using VoiceOrdering.TestKit.Processes;
using static Microsoft.Playwright.Assertions;

namespace VoiceOrdering.E2E.Tests.Voice;

/// <summary>The process is killed at the worst instants; nothing acknowledged is lost and one order comes of it.</summary>
public sealed class KilledProcessTests : IAsyncLifetime
{
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("vo-kill-");
    private ApiProcess api = null!;
    private VoiceBrowser browser = null!;

    public async Task InitializeAsync()
    {
        api = await ApiProcess.StartAsync(Checkout.Fresh(data.FullName));
        browser = await VoiceBrowser.LaunchAsync();
        SetDefaultExpectTimeout(20_000);
    }

    public async Task DisposeAsync()
    {
        await browser.DisposeAsync();
        await api.DisposeAsync();
        data.Delete(recursive: true);
    }

    [Fact]
    public async Task After_the_second_spoken_item_the_page_goes_on_with_its_cart()
    {
        await api.HearsAsync("demo-burger");
        await using var window = await browser.OpenAsync(api.Address, WindowSize.Desktop);
        await window.LogInAsync("/", "owner@demo-burger", ApiProcess.Password);
        var customer = new Customer(window);
        await customer.CallAsync();
        await customer.SayAsync("two apple pies");
        await customer.SayAsync("a large cola");
        var session = await customer.SessionAsync();

        await RestartAsync();
        await api.HearsAsync("demo-burger");
        await window.Page.ReloadAsync();
        await Expect(window.Page.Locator("#cart-lines .line")).ToHaveCountAsync(2);
        await Expect(window.Page.Locator("#talk-label")).ToHaveTextAsync("Continue talking");
        await customer.CallAsync();
        await customer.SayAsync("a brownie");
        var number = await customer.ConfirmAsync();

        using var orders = await OrdersClient.LogInAsync(api.Address, "owner@demo-burger");
        var stored = await orders.OfSessionAsync(session);
        stored.Number.ShouldBe(number);
        stored.Lines.ShouldBe(["1 brownie = 329", "1 cola/large = 319", "2 apple-pie = 698"]);
    }

    [Fact]
    public async Task Between_submit_and_its_answer_a_retry_finds_the_one_order()
    {
        await using var window = await browser.OpenAsync(api.Address, WindowSize.Desktop);
        await window.LogInAsync("/", "owner@demo-burger", ApiProcess.Password);
        await Pages.TypedOrderTests.TypeAsync(window, "three apple pies");
        await Expect(window.Page.Locator("#cart-lines .line")).ToHaveCountAsync(1);
        var session = await Pages.TypedOrderTests.SessionAsync(window);

        // The request is on its way; the process dies before the page has an answer.
        var killed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await window.Page.RouteAsync("**/submit", async route =>
        {
            if (!killed.Task.IsCompleted)
            {
                var sent = route.FetchAsync();
                await api.KillAsync();
                await sent.ContinueWith(_ => { }, TaskScheduler.Default);
                killed.TrySetResult();
                await route.AbortAsync();
            }
            else
            {
                await route.ContinueAsync();
            }
        });
        await window.Page.Locator("#review").ClickAsync();
        await window.Page.Locator("#submit").ClickAsync();
        await killed.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await Expect(window.Page.Locator("#review-error")).ToContainTextAsync("Nothing is lost");

        api = await ApiProcess.StartAsync(api.Start);
        if (await window.Page.Locator("#review-dialog[open]").CountAsync() > 0)
        {
            await window.Page.Locator("#submit").ClickAsync();
        }

        await Expect(window.Page.Locator("#order-number")).Not.ToBeEmptyAsync();
        using var orders = await OrdersClient.LogInAsync(api.Address, "owner@demo-burger");
        (await orders.OfSessionAsync(session)).Lines.ShouldBe(["3 apple-pie = 1047"]);
    }

    private async Task RestartAsync()
    {
        await api.KillAsync();
        api = await ApiProcess.StartAsync(api.Start);
    }
}
