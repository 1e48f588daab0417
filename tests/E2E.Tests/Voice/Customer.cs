using System.Text.RegularExpressions;
using Microsoft.Playwright;
using VoiceOrdering.E2E.Tests.Hosting;
using VoiceOrdering.TestKit.Browser;

namespace VoiceOrdering.E2E.Tests.Voice;

/// <summary>A customer who talks: says a sentence, listens to the answer, and says it again when asked to, as people do.</summary>
internal sealed partial class Customer(VoicePage window, string voice = "en-us")
{
    private const int Attempts = 3;

    /// <summary>Sentences that had to be said again.</summary>
    public int Repeats { get; private set; }

    public IPage Page => window.Page;

    public async Task CallAsync()
    {
        var heard = await window.TurnsAsync("assistant");
        await window.StartTalkingAsync();
        await window.TurnAfterAsync("assistant", heard);
    }

    /// <summary>Says a sentence until it is answered with something else than a request to repeat; returns the answer.</summary>
    public async Task<string> SayAsync(string sentence)
    {
        var answer = "";
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var heard = await window.TurnsAsync("assistant");
            await window.SayAsync(sentence, voice);
            answer = await window.TurnAfterAsync("assistant", heard);
            if (!answer.StartsWith("Sorry, I", StringComparison.Ordinal))
            {
                return answer;
            }

            Repeats++;
        }

        Assert.Fail($"'{sentence}' was not understood in {Attempts} attempts; the last answer was '{answer}'.");
        return answer;
    }

    /// <summary>Says the sentence until an answer with these first words has begun; returns the number of answers finished before it.</summary>
    public async Task<int> BeginAsync(string sentence, string firstWords)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var turns = await window.TurnsAsync("assistant");
            await window.SayAsync(sentence, voice);
            var live = Page.Locator("#transcript li[data-role=assistant][data-live]");
            await Assertions.Expect(live).ToHaveTextAsync(SomeWords(), new() { Timeout = 30_000 });
            if ((await live.InnerTextAsync()).StartsWith(firstWords, StringComparison.Ordinal))
            {
                return turns;
            }

            await window.TurnAfterAsync("assistant", turns);
            Repeats++;
        }

        throw new TimeoutException($"No answer to '{sentence}' began with '{firstWords}'.");
    }

    /// <summary>Orders the sentences, asks for the bill, confirms; returns the order number shown.</summary>
    public async Task<string> OrderAsync(params string[] sentences)
    {
        foreach (var sentence in sentences)
        {
            await SayAsync(sentence);
        }

        return await ConfirmAsync();
    }

    public async Task<string> ConfirmAsync()
    {
        await SayAsync("that's all");
        var number = Page.Locator("#order-number:not(:empty)");
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            await window.SayAsync("yes", voice);
            try
            {
                await number.WaitForAsync(new() { Timeout = 15_000 });
                return await number.InnerTextAsync();
            }
            catch (TimeoutException) when (attempt < Attempts - 1)
            {
                Repeats++;
            }
        }

        throw new TimeoutException("The confirmation was not understood.");
    }

    public Task<string> SessionAsync() => Page.EvaluateAsync<string>("() => JSON.parse(localStorage.getItem('vo.session')).sessionId");

    public Task ShotAsync(string name) => Page.ScreenshotAsync(new() { Path = Path.Combine(Checkout.Screenshots, $"{name}.png"), FullPage = true });

    [GeneratedRegex(@"\w+ \w+")]
    private static partial Regex SomeWords();
}
