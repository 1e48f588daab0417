using System.Reflection;
using Microsoft.Playwright;
using VoiceOrdering.TestKit.Browser;
using VoiceOrdering.TestKit.Processes;
using VoiceOrdering.TestKit.Speech;

namespace VoiceOrdering.Demo;

/// <summary>One customer, one call, one order; printed as it happens.</summary>
internal static class VoiceDemo
{
    private const string User = "owner@demo-burger";

    private const int Attempts = 4;

    private static readonly string[] Sentences = ["I would like two double classic burgers with bacon", "a large cola", "that's all"];

    public static async Task<int> RunAsync(DirectoryInfo output, string? codec)
    {
        if (!EspeakSpeech.IsAvailable)
        {
            await Console.Error.WriteLineAsync("vo: the demo needs espeak-ng as the customer's voice: apt-get install espeak-ng");
            return 2;
        }

        output.Create();
        var root = typeof(VoiceDemo).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;
        var data = Directory.CreateTempSubdirectory("vo-demo-");
        try
        {
            Say("demo", "starting the API silo with the simulator; the first start trains its ear");
            await using var api = await ApiProcess.StartAsync(ApiStart.Fresh(root, data.FullName) with { EarModels = Path.Combine(root, "data", "ear") });
            await api.HearsAsync("demo-burger");
            await using var browser = await VoiceBrowser.LaunchAsync();
            await using var kitchen = await browser.OpenAsync(api.Address, WindowSize.Desktop);
            await kitchen.LogInAsync("/kitchen", User, ApiProcess.Password);
            await using var window = await browser.OpenAsync(api.Address, WindowSize.Desktop, codec);
            await window.LogInAsync("/", User, ApiProcess.Password);
            var number = await OrderAsync(window, output);
            Say("order", $"number {number}");
            await kitchen.Page.Locator(".ticket", new() { HasText = number }).WaitForAsync();
            await kitchen.Page.ScreenshotAsync(new() { Path = Path.Combine(output.FullName, "kitchen.png"), FullPage = true });
            Say("kitchen", $"order {number} is on the board");
            Say("demo", $"screenshots: {output.FullName}");
            return 0;
        }
        catch (Exception e) when (e is TimeoutException or PlaywrightException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync($"vo: the demo did not come to its end: {e.Message}");
            return 1;
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static async Task<string> OrderAsync(VoicePage window, DirectoryInfo output)
    {
        var page = window.Page;
        await PrintTurnsAsync(page);
        await window.StartTalkingAsync();
        await window.TurnAfterAsync("assistant", 0);
        var stats = await window.StatsAsync();
        Say("call", $"connected, {stats.Sent} out, {stats.Received} in");
        foreach (var sentence in Sentences)
        {
            await AnsweredAsync(window, sentence);
            await SayCartAsync(page);
        }

        await page.ScreenshotAsync(new() { Path = Path.Combine(output.FullName, "order.png"), FullPage = true });
        await ConfirmAsync(window);
        await page.ScreenshotAsync(new() { Path = Path.Combine(output.FullName, "placed.png") });
        return await page.Locator("#order-number").InnerTextAsync();
    }

    /// <summary>Says the sentence until it is understood, as a customer would; the ear refuses what came through damaged.</summary>
    private static async Task AnsweredAsync(VoicePage window, string sentence)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var turns = await window.TurnsAsync("assistant");
            await window.SayAsync(sentence);
            var answer = await window.TurnAfterAsync("assistant", turns);
            if (!answer.StartsWith("Sorry, I", StringComparison.Ordinal))
            {
                return;
            }
        }

        throw new InvalidOperationException($"'{sentence}' was not understood in {Attempts} attempts.");
    }

    private static async Task ConfirmAsync(VoicePage window)
    {
        var number = window.Page.Locator("#order-number:not(:empty)");
        for (var attempt = 1; attempt < Attempts; attempt++)
        {
            await window.SayAsync("yes");
            try
            {
                await number.WaitForAsync(new() { Timeout = 15_000 });
                return;
            }
            catch (TimeoutException)
            {
                // Not understood: once more.
            }
        }

        await window.SayAsync("yes");
        await number.WaitForAsync(new() { Timeout = 15_000 });
    }

    private static async Task SayCartAsync(IPage page)
    {
        var lines = await page.Locator("#cart-lines .line").AllInnerTextsAsync();
        var said = (await page.Locator("#cart-said").InnerTextAsync()).Trim();
        Say("cart", $"{string.Join("; ", lines.Select(line => string.Join(' ', line.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(2))))} ({said})");
    }

    // Finished turns are printed in the order the page shows them.
    private static async Task PrintTurnsAsync(IPage page)
    {
        await page.ExposeFunctionAsync<string, string, bool>("voTurn", (role, text) =>
        {
            Say(role, text);
            return true;
        });
        await page.EvaluateAsync("""
            () => new MutationObserver(changes => {
              for (const entry of new Set(changes.map(c => c.target.closest?.('li') ?? c.target.parentElement?.closest('li')).filter(Boolean)))
                if (entry.dataset.role && !entry.dataset.live && !entry.dataset.told) { entry.dataset.told = 'true'; window.voTurn(entry.dataset.role, entry.firstChild.data); }
            }).observe(document.getElementById('transcript'), { subtree: true, childList: true, attributes: true, attributeFilter: ['data-live'] })
            """);
    }

    private static void Say(string who, string text) => Console.WriteLine($"{who,10}  {text}");
}
