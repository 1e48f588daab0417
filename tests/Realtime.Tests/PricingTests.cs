using VoiceOrdering.Realtime.OpenAi;

namespace VoiceOrdering.Realtime.Tests;

/// <summary>Money from tokens.</summary>
public sealed class PricingTests
{
    private readonly RealtimePricing _pricing = RealtimeServices.CreatePricing(new OpenAiRealtimeOptions());

    [Fact]
    public void Cached_tokens_are_part_of_the_input_and_billed_once()
    {
        var usage = new RealtimeUsage
        {
            InputTextTokens = 119,
            InputAudioTokens = 13,
            CachedTextTokens = 64,
            OutputTextTokens = 30,
            OutputAudioTokens = 91,
        };

        // 55 × 600 + 13 × 10000 + 64 × 60 + 30 × 2400 + 91 × 20000 nano-USD
        _pricing.Price("gpt-realtime-2.1-mini", usage).ShouldBe(new RealtimeCost(33_000 + 130_000 + 3_840 + 72_000 + 1_820_000, "USD"));
    }

    [Fact]
    public void A_dated_snapshot_has_the_rates_of_its_name() =>
        _pricing.FindRates("gpt-realtime-2.1-mini-2026-08-21").ShouldBe(_pricing.FindRates("gpt-realtime-2.1-mini"));

    [Theory]
    [InlineData("unheard-of")]
    [InlineData("gpt-realtime-2.1-micro")]
    [InlineData("")]
    public void A_model_without_rates_is_unpriced_and_not_free(string model) =>
        _pricing.Price(model, new RealtimeUsage { InputTextTokens = 1 }).ShouldBeNull();

    [Fact]
    public void Configured_rates_replace_the_built_in_ones()
    {
        var options = new OpenAiRealtimeOptions();
        options.Rates["gpt-realtime-2.1"] = new RealtimeRates
        {
            Currency = "EUR",
            InputTextNano = 1,
            InputAudioNano = 2,
            CachedTextNano = 0,
            CachedAudioNano = 0,
            OutputTextNano = 3,
            OutputAudioNano = 4,
        };

        RealtimeServices.CreatePricing(options).Price("gpt-realtime-2.1", new RealtimeUsage { OutputAudioTokens = 5 })
            .ShouldBe(new RealtimeCost(20, "EUR"));
    }
}
