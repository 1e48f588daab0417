using Shouldly;
using VoiceOrdering.Realtime.Simulator.Echo;
using VoiceOrdering.Realtime.Simulator.Models;
using VoiceOrdering.Realtime.Simulator.Voice;
using Xunit;

namespace VoiceOrdering.Realtime.Simulator.Tests.Voice;

public sealed class EspeakVoiceTests
{
    [Fact]
    public async Task A_sentence_is_spoken_at_24_kHz_the_same_every_time()
    {
        var voice = EspeakVoice.FindOrTone(maxCachedSamples: 0).ShouldBeOfType<EspeakVoice>("espeak-ng is part of the set-up");

        var first = await voice.SpeakAsync(new SpeechRequest("Anything else?", "alloy", "en", 1), CancellationToken.None);
        var again = await voice.SpeakAsync(new SpeechRequest("Anything else?", "alloy", "en", 1), CancellationToken.None);
        var slow = await voice.SpeakAsync(new SpeechRequest("Anything else?", "alloy", "en", 0.6), CancellationToken.None);
        var other = await voice.SpeakAsync(new SpeechRequest("Anything else?", "coral", "en", 1), CancellationToken.None);

        first.Length.ShouldBeInRange(24_000 / 2, 24_000 * 2);
        again.ToArray().ShouldBe(first.ToArray());
        slow.Length.ShouldBeGreaterThan(first.Length * 13 / 10);
        other.ToArray().ShouldNotBe(first.ToArray());
    }

    [Theory]
    [InlineData("-v evil --stdout $(reboot) `x`", "alloy", null)]
    [InlineData("", "nobody", "en")]
    [InlineData("Hola", "alloy", "xx")]
    [InlineData("Guten Tag", "coral", "de")]
    public async Task Odd_requests_are_only_words(string text, string name, string? language)
    {
        var voice = EspeakVoice.FindOrTone().ShouldBeOfType<EspeakVoice>();

        var samples = await voice.SpeakAsync(new SpeechRequest(text, name, language, 1), CancellationToken.None);

        (samples.Length > 0).ShouldBe(text.Length > 0);
    }

    [Fact]
    public void The_cache_forgets_what_was_not_used_longest()
    {
        var cache = new SpeechCache(maxSamples: 25);
        var (a, b, c) = (new Utterance("a", "v"), new Utterance("b", "v"), new Utterance("c", "v"));
        cache.Add(a, new short[10]);
        cache.Add(b, new short[10]);
        cache.TryFind(a, out _).ShouldBeTrue();

        cache.Add(c, new short[10]);

        cache.TryFind(a, out _).ShouldBeTrue();
        cache.TryFind(b, out _).ShouldBeFalse();
        cache.TryFind(c, out _).ShouldBeTrue();
        cache.KeptSamples.ShouldBe(20);
    }

    [Theory]
    [InlineData(22_050, 8_000)]
    [InlineData(22_050, 24_000)]
    [InlineData(24_000, 8_000)]
    public void Resampling_keeps_a_tone_and_drops_what_does_not_fit(int fromHz, int toHz)
    {
        var kept = SpeechResampler.Convert(Tone(1_000, fromHz), fromHz, toHz);
        kept.Length.ShouldBe(toHz);
        Level(kept).ShouldBe(Level(Tone(1_000, toHz)), 200);

        if (toHz == 8_000)
        {
            Level(SpeechResampler.Convert(Tone(6_000, fromHz), fromHz, toHz)).ShouldBeLessThan(30);
        }
    }

    [Fact]
    public async Task Without_espeak_a_tone_is_heard()
    {
        var samples = await new ToneVoice().SpeakAsync(new SpeechRequest("Anything else?", "alloy", null, 1), CancellationToken.None);

        samples.Length.ShouldBeGreaterThan(4_800);
    }

    private static short[] Tone(double frequencyHz, int sampleRateHz) =>
        [.. Enumerable.Range(0, sampleRateHz).Select(i => (short)(10_000 * Math.Sin(2 * Math.PI * frequencyHz * i / sampleRateHz)))];

    private static double Level(short[] samples) => Math.Sqrt(samples.Average(sample => (double)sample * sample));
}
