using VoiceOrdering.TestKit.Browser;
using VoiceOrdering.TestKit.Processes;

namespace VoiceOrdering.E2E.Tests.Hosting;

/// <summary>One product process and one browser for a class of tests; every test opens windows and sessions of its own.</summary>
public sealed class RunningProduct : IAsyncLifetime
{
    private DirectoryInfo data = null!;

    internal ApiProcess Api { get; private set; } = null!;

    internal VoiceBrowser Browser { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        data = Directory.CreateTempSubdirectory("vo-e2e-");
        Api = await ApiProcess.StartAsync(Checkout.Fresh(data.FullName));
        Browser = await VoiceBrowser.LaunchAsync();
        Microsoft.Playwright.Assertions.SetDefaultExpectTimeout(20_000);
    }

    public async Task DisposeAsync()
    {
        if (Browser is not null)
        {
            await Browser.DisposeAsync();
        }

        if (Api is not null)
        {
            await Api.DisposeAsync();
        }

        data.Delete(recursive: true);
    }

    internal async Task<VoicePage> OrderPageAsync(string user, WindowSize? size = null, string? codec = null)
    {
        var page = await Browser.OpenAsync(Api.Address, size ?? WindowSize.Desktop, codec);
        await page.LogInAsync("/", user, ApiProcess.Password);
        return page;
    }

    internal async Task<VoicePage> OfficeAsync(string user, string tab = "menu")
    {
        var page = await Browser.OpenAsync(Api.Address, WindowSize.Desktop);
        await page.LogInAsync($"/admin#{tab}", user, ApiProcess.Password);
        return page;
    }

    internal async Task<VoicePage> KitchenAsync(string user, WindowSize? size = null)
    {
        var page = await Browser.OpenAsync(Api.Address, size ?? WindowSize.Desktop);
        await page.LogInAsync("/kitchen", user, ApiProcess.Password);
        await page.Page.Locator("#state[data-state=on]").WaitForAsync();
        return page;
    }
}
