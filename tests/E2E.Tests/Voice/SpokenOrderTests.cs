using VoiceOrdering.E2E.Tests.Hosting;
using VoiceOrdering.TestKit.Browser;
using VoiceOrdering.TestKit.Speech;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace VoiceOrdering.E2E.Tests.Voice;

/// <summary>Speech goes in, a stored order comes out; the whole audio path is real on both sides.</summary>
public sealed class SpokenOrderTests(RunningProduct product, ITestOutputHelper output) : IClassFixture<RunningProduct>
{
    // Cents are worked out by hand from the demo menus; food 8.25 %, drinks 9.5 % at the burger place, tax included at the pizza place.
    public static TheoryData<SpokenCart> Carts() => new()
    {
        new SpokenCart("opus", "owner@demo-burger", ["I would like two double classic burgers with bacon", "a large cola"],
            ["1 cola/large = 319", "2 classic-burger/double +bacon = 2298"], 2617, 220, 2837),
        new SpokenCart("pcmu", "owner@demo-burger", ["two apple pies", "a small lemonade"],
            ["1 lemonade/small = 249", "2 apple-pie = 698"], 947, 82, 1029),
        new SpokenCart("opus", "owner@demo-pizza", ["a large margherita", "a garlic bread"],
            ["1 garlic-bread = 390", "1 margherita/large = 1390"], 1780, 0, 1780),
    };

    [Theory]
    [MemberData(nameof(Carts))]
    public async Task What_was_spoken_is_what_is_stored(SpokenCart cart)
    {
        await product.Api.HearsAsync(cart.User[(cart.User.IndexOf('@', StringComparison.Ordinal) + 1)..]);
        await using var window = await product.OrderPageAsync(cart.User, codec: cart.Codec);
        var customer = new Customer(window);
        await customer.CallAsync();
        var session = await customer.SessionAsync();
        (await window.StatsAsync()).Sent.ShouldBe($"audio/{cart.Codec}", StringCompareShould.IgnoreCase);

        var number = await customer.OrderAsync(cart.Sentences);

        using var orders = await OrdersClient.LogInAsync(product.Api.Address, cart.User);
        var stored = await orders.OfSessionAsync(session);
        stored.Number.ShouldBe(number);
        stored.Lines.ShouldBe(cart.Lines);
        (stored.SubtotalMinor, stored.TaxMinor, stored.TotalMinor).ShouldBe((cart.SubtotalMinor, cart.TaxMinor, cart.TotalMinor));
        var stats = await window.StatsAsync();
        stats.Energy.ShouldBeGreaterThan(0.01, "the customer heard the answers");
        output.WriteLine($"[measured] {cart.Codec}: {customer.Repeats} sentences had to be repeated");
        await customer.ShotAsync($"spoken-{cart.Codec}-{session[^6..]}");
        window.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Speaking_over_the_reply_stops_it_and_only_heard_words_stay()
    {
        await product.Api.HearsAsync("demo-burger");
        await using var window = await product.OrderPageAsync("owner@demo-burger");
        var customer = new Customer(window);
        await customer.CallAsync();
        await customer.SayAsync("two double classic burgers with bacon");
        await customer.SayAsync("two apple pies and a brownie");
        var interjection = await EspeakSpeech.SayAsync("a large cola", "en-us", CancellationToken.None);

        // The read-back is long; the customer cuts in as soon as its first words are shown, and once more when the machine was too slow for it.
        var interrupted = window.Page.Locator("#transcript li[data-role=assistant][data-interrupted]");
        for (var attempt = 0; attempt < 3 && await interrupted.CountAsync() == 0; attempt++)
        {
            var turns = await customer.BeginAsync("that's all", "You have");
            await window.SayAsync(interjection);
            await window.TurnAfterAsync("assistant", turns + 1);
        }

        await Expect(interrupted.First).ToBeVisibleAsync();
        await Expect(interrupted.First).ToContainTextAsync("You");
        await Expect(interrupted.First).Not.ToContainTextAsync("Shall I place the order?");
        if (await window.Page.Locator("#cart-lines .line", new() { HasText = "Cola" }).CountAsync() == 0)
        {
            await customer.SayAsync("a large cola");
        }

        await Expect(window.Page.Locator("#cart-lines .line", new() { HasText = "Cola" })).ToBeVisibleAsync();
        await customer.ShotAsync("barge-in");
    }
}

/// <summary>A cart as spoken and as it must be stored.</summary>
public sealed record SpokenCart(string Codec, string User, string[] Sentences, string[] Lines, long SubtotalMinor, long TaxMinor, long TotalMinor)
{
    public override string ToString() => $"{Codec} {User} {string.Join(" / ", Sentences)}";
}
