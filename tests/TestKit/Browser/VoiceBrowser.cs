using System.Text.Json;
using Microsoft.Playwright;
using VoiceOrdering.TestKit.Speech;

namespace VoiceOrdering.TestKit.Browser;

/// <summary>A headless Chromium with a microphone one can speak into.</summary>
public sealed class VoiceBrowser : IAsyncDisposable
{
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--autoplay-policy=no-user-gesture-required", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
        "--allow-loopback-in-peer-connection", "--disable-features=WebRtcHideLocalIpsWithMdns,MediaRouter,OptimizationHints",
    ];

    private readonly IPlaywright playwright;
    private readonly IBrowser browser;

    private VoiceBrowser(IPlaywright playwright, IBrowser browser)
    {
        this.playwright = playwright;
        this.browser = browser;
    }

    /// <summary>Starts the browser.</summary>
    public static async Task<VoiceBrowser> LaunchAsync()
    {
        var playwright = await Playwright.CreateAsync();
        try
        {
            var path = Environment.GetEnvironmentVariable("VO_CHROMIUM") ?? "/usr/bin/chromium";
            return new VoiceBrowser(playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = Arguments }));
        }
        catch
        {
            playwright.Dispose();
            throw;
        }
    }

    /// <summary>Opens a window of its own (own storage) of the given size.</summary>
    /// <param name="address">Address of the API, such as <c>http://localhost:8080</c>.</param>
    /// <param name="size">Size of the window.</param>
    /// <param name="codec">Lower-case codec name to force on calls (<c>opus</c>, <c>pcmu</c>), or null for the browser's choice.</param>
    public async Task<VoicePage> OpenAsync(string address, WindowSize size, string? codec = null)
    {
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = address,
            ViewportSize = new ViewportSize { Width = size.Width, Height = size.Height },
            IsMobile = size.IsPhone,
            HasTouch = size.IsPhone,
            Permissions = ["microphone"],
        });
        await context.AddInitScriptAsync($"window.voCodec = {JsonSerializer.Serialize(codec)};\n{Script()}");
        return new VoicePage(context, await context.NewPageAsync());
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await browser.CloseAsync();
        playwright.Dispose();
    }

    private static string Script()
    {
        using var stream = typeof(VoiceBrowser).Assembly.GetManifestResourceStream($"{typeof(VoiceBrowser).Namespace}.microphone.js")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

/// <summary>Size of a browser window in CSS pixels.</summary>
public sealed record WindowSize(int Width, int Height, bool IsPhone)
{
    /// <summary>A desktop window.</summary>
    public static WindowSize Desktop { get; } = new(1280, 900, false);

    /// <summary>A phone held upright.</summary>
    public static WindowSize Phone { get; } = new(390, 844, true);
}
