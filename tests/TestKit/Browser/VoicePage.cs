using System.Text.Json;
using Microsoft.Playwright;
using VoiceOrdering.TestKit.Speech;

namespace VoiceOrdering.TestKit.Browser;

/// <summary>One browser window and the customer in front of it.</summary>
public sealed class VoicePage(IBrowserContext context, IPage page) : IAsyncDisposable
{
    /// <summary>The page, for everything not named here.</summary>
    public IPage Page => page;

    /// <summary>Messages of the page's console that are errors, and uncaught exceptions.</summary>
    public IReadOnlyList<string> Faults => faults;

    private readonly List<string> faults = Watch(page);

    /// <summary>Opens a page and logs in.</summary>
    public async Task LogInAsync(string path, string username, string password)
    {
        await page.GotoAsync(path);
        await page.GetByLabel("User").FillAsync(username);
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();
        await page.Locator("#login").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
    }

    /// <summary>Presses the voice button and waits until the call is connected.</summary>
    public async Task StartTalkingAsync()
    {
        await page.Locator("#talk").ClickAsync();
        await page.Locator("#state[data-state=on]").WaitForAsync(new() { Timeout = 20_000 });
    }

    /// <summary>Speaks a sentence into the microphone; returns when its last sample was played.</summary>
    public async Task SayAsync(string sentence, string voice = "en-us")
    {
        var wav = await EspeakSpeech.SayAsync(sentence, voice, CancellationToken.None);
        await SayAsync(wav);
    }

    /// <summary>Says what was recorded before: begins at once, for callers who cut in.</summary>
    public Task SayAsync(byte[] wav) => page.EvaluateAsync("wav => window.voMicrophone.say(wav)", Convert.ToBase64String(wav));

    /// <summary>Number of finished turns of a role shown so far.</summary>
    public Task<int> TurnsAsync(string role) => Turns(role).CountAsync();

    /// <summary>Waits until more than <paramref name="count"/> turns of the role are finished; returns the newest text.</summary>
    public async Task<string> TurnAfterAsync(string role, int count, float timeoutMs = 30_000)
    {
        var next = Turns(role).Nth(count);
        await next.WaitForAsync(new() { Timeout = timeoutMs });
        return await Turns(role).Last.EvaluateAsync<string>("e => e.firstChild.data");
    }

    /// <summary>Codec and counters of the live call.</summary>
    public async Task<CallStats> StatsAsync() => (await page.EvaluateAsync<JsonElement>("() => window.voStats()")).Deserialize<CallStats>(JsonSerializerOptions.Web)!;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await context.CloseAsync();

    private ILocator Turns(string role) => page.Locator($"#transcript li[data-role={role}]:not([data-live])");

    private static List<string> Watch(IPage page)
    {
        var found = new List<string>();
        page.PageError += (_, error) => found.Add(error);
        page.Console += (_, message) =>
        {
            // A refused request is logged by the browser itself; the page handles it.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
            {
                found.Add(message.Text);
            }
        };
        return found;
    }
}

/// <summary>What the browser says of its call.</summary>
/// <param name="Sent">MIME type of the codec sent.</param>
/// <param name="Received">MIME type of the codec received.</param>
/// <param name="PacketsReceived">Packets received so far.</param>
/// <param name="PacketsLost">Packets lost so far.</param>
/// <param name="Energy">Total energy of the received audio.</param>
public sealed record CallStats(string? Sent, string? Received, long PacketsReceived, long PacketsLost, double Energy);
