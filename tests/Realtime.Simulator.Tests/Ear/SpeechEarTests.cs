using System.Buffers.Binary;
using Shouldly;
using VoiceOrdering.Media.Audio;
using VoiceOrdering.Realtime.Simulator.Agent;
using VoiceOrdering.Realtime.Simulator.Ear;
using VoiceOrdering.Realtime.Simulator.Models;
using VoiceOrdering.Realtime.Simulator.Tests.Agent;
using VoiceOrdering.Realtime.Simulator.Voice;
using Xunit;
using Xunit.Abstractions;

namespace VoiceOrdering.Realtime.Simulator.Tests.Ear;

/// <summary>Measures the ear on sentences drawn afresh; set VO_EAR_SENTENCES for a longer run and VO_EAR_SEED for another draw.</summary>
public sealed class SpeechEarTests(EarFixture fixture, ITestOutputHelper output) : IClassFixture<EarFixture>
{
    private static readonly int Sentences = int.Parse(Environment.GetEnvironmentVariable("VO_EAR_SENTENCES") ?? "24");
    private static readonly int Seed = int.Parse(Environment.GetEnvironmentVariable("VO_EAR_SEED") ?? "970331");
    private static readonly Menu Menu = MenuBlock.ReadMenu(SampleMenus.Trattoria);
    private static readonly SentenceReader Reader = new(new MenuLexicon(Menu));

    [Theory]
    [InlineData("MuLaw", 40, 175)]
    [InlineData("Opus", 40, 175)]
    [InlineData("Opus", 40, 160)]
    [InlineData("MuLaw", 25, 175)]
    public async Task Unseen_sentences_are_understood(string line, int snrDb, int wordsPerMinute)
    {
        var results = await HearAsync(Sentences, (said, voice, caller) => caller.SpeakAsync(said, voice, Enum.Parse<LineKind>(line), snrDb, wordsPerMinute));

        var right = results.Count(result => result.Heard.Outcome == HearingOutcome.Understood && Meaning(result.Heard.Transcript) == Meaning(result.Said));
        var wrong = results.Count(result => result.Heard.Outcome == HearingOutcome.Understood && Meaning(result.Heard.Transcript) != Meaning(result.Said));
        output.WriteLine($"{line} {snrDb} dB {wordsPerMinute} words/min: {100.0 * right / results.Count:0.0} % understood, {100.0 * wrong / results.Count:0.0} % misunderstood of {results.Count}");
        (100.0 * right / results.Count).ShouldBeGreaterThanOrEqualTo(90);
        (100.0 * wrong / results.Count).ShouldBeLessThanOrEqualTo(5);
    }

    [Theory]
    [InlineData("I would like two large margherita pizzas")]
    [InlineData("i would like two large margherita pizzas")]
    [InlineData("Can I get a small margherita pizza")]
    [InlineData("can i get a small margherita pizza")]
    public async Task The_word_I_is_understood_stressed_and_unstressed(string said)
    {
        var caller = new CallerLine(fixture.Synthesizer, new Random(Seed));
        foreach (var voice in EarFixture.Settings.Voices)
        {
            var heard = await fixture.Ear.HearAsync(Audio(await caller.SpeakAsync(said, voice, LineKind.Opus)), EarFixture.Configuration with { Voice = voice }, CancellationToken.None);

            heard.Outcome.ShouldBe(HearingOutcome.Understood, voice);
            Meaning(heard.Transcript).ShouldBe(Meaning(said.ToLowerInvariant()));
        }
    }

    [Fact]
    public async Task Damaged_audio_is_not_understood()
    {
        var accepted = 0;
        var total = 0;
        foreach (var (name, damage) in Damages)
        {
            var results = await HearAsync(Sentences / 3, async (said, voice, caller) => damage(await caller.SpeakAsync(said, voice, LineKind.MuLaw)));
            var understood = results.Count(result => result.Heard.Outcome == HearingOutcome.Understood);
            output.WriteLine($"{name}: {100.0 * understood / results.Count:0.0} % accepted of {results.Count}");
            (accepted, total) = (accepted + understood, total + results.Count);
        }

        (100.0 * accepted / total).ShouldBeLessThanOrEqualTo(5);
    }

    [Fact]
    public async Task What_is_not_on_the_menu_is_not_understood()
    {
        var random = new Random(Seed);
        string[] foreign =
        [
            "the weather is nice in spain today", "my brother works at the bank", "please call me back tomorrow", "do you know where the station is",
            "seven green bottles hanging on the wall", "she sells sea shells", "two large crocodiles and a small cloak", "open the door and close the window",
        ];
        var k = 0;
        var results = await HearAsync(Sentences, (said, voice, caller) => caller.SpeakAsync(
            k++ % 2 == 0 ? foreign[k / 2 % foreign.Length] : string.Join(' ', said.Split(' ').Append("banana").OrderBy(_ => random.Next())), voice, LineKind.Opus));

        var accepted = 100.0 * results.Count(result => result.Heard.Outcome == HearingOutcome.Understood) / results.Count;
        output.WriteLine($"Foreign sentences and word salad: {accepted:0.0} % accepted of {results.Count}");
        accepted.ShouldBeLessThanOrEqualTo(5);
    }

    [Fact]
    public async Task Silence_noise_and_a_tone_are_no_words()
    {
        var noise = SpeechDamage.AddNoise([.. Enumerable.Repeat((short)2000, 16_000)], 0, new Random(1));
        short[] tone = [.. Enumerable.Range(0, 16_000).Select(i => (short)(8_000 * Math.Sin(i * 0.4)))];
        foreach (var samples in new[] { [], new short[40], new short[16_000], noise, tone })
        {
            var heard = await fixture.Ear.HearAsync(Audio(new Sound(samples, 8_000)), EarFixture.Configuration, CancellationToken.None);
            heard.Outcome.ShouldBe(HearingOutcome.NotUnderstood);
        }
    }

    [Fact]
    public async Task Without_a_menu_nothing_is_understood_and_nothing_is_trained()
    {
        var heard = await fixture.Ear.HearAsync(Audio(new Sound(new short[16_000], 8_000)), new ModelConfiguration { Instructions = "Be kind." }, CancellationToken.None);

        heard.Outcome.ShouldBe(HearingOutcome.NotUnderstood);
    }

    [Fact]
    public async Task A_turn_that_comes_while_the_menu_is_being_learned_is_told_so()
    {
        using var ear = SpeechEar.Find(new EarSettings { Patience = TimeSpan.Zero }, TimeProvider.System)!;

        var heard = await ear.HearAsync(Audio(new Sound(new short[16_000], 8_000)), EarFixture.Configuration, CancellationToken.None);

        heard.ShouldBe(Hearing.Failed(SpeechEar.StillLearning));
    }

    [Fact]
    public void A_damaged_model_file_counts_as_absent()
    {
        var grammar = MenuGrammar.Build(Menu);
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var states = new StateModels([.. new int[grammar.Words.Length + 1]], [0, 1], new float[40], new float[40], new float[1]);
        EarModelFile.Write(path, new EarModel(grammar, states, new float[13], new float[40]));
        try
        {
            EarModelFile.Read(path, grammar).ShouldNotBeNull();
            File.WriteAllBytes(path, File.ReadAllBytes(path)[..^9]);
            EarModelFile.Read(path, grammar).ShouldBeNull();
            File.WriteAllText(path, "no model");
            EarModelFile.Read(path, grammar).ShouldBeNull();
        }
        finally
        {
            File.Delete(path);
        }

        EarModelFile.Read(path, grammar).ShouldBeNull();
    }

    [Fact]
    public void A_models_key_changes_with_voices_menu_and_synthesizer()
    {
        var (menu, other) = (MenuGrammar.Build(Menu), MenuGrammar.Build(MenuBlock.ReadMenu(SampleMenus.Grill)));
        var settings = new EarSettings();
        string[] keys =
        [
            EarModelFile.Key(menu, settings, "1.51"), EarModelFile.Key(other, settings, "1.51"), EarModelFile.Key(menu, settings, "1.52"),
            EarModelFile.Key(menu, settings with { Voices = ["en-us"] }, "1.51"), EarModelFile.Key(menu, settings with { TimesEachWord = 8 }, "1.51"),
        ];

        keys.Distinct().Count().ShouldBe(keys.Length);
        EarModelFile.Key(MenuGrammar.Build(Menu), settings with { CacheDirectory = "elsewhere" }, "1.51").ShouldBe(keys[0]);
    }

    private static (string Name, Func<Sound, Sound> Damage)[] Damages =>
    [
        ("every frame doubled", sound => Frames(sound, frame => [.. frame, .. frame])),
        ("half of the frames lost", sound => Frames(sound, (frame, i) => i % 2 == 0 ? frame : [])),
        ("frames in the wrong order", sound => new Sound([.. sound.Samples.Chunk(160).Chunk(2).SelectMany(pair => pair.Reverse()).SelectMany(frame => frame)], sound.SampleRateHz)),
        ("played 1.5 times as fast", sound => new Sound(SpeechResampler.Convert(sound.Samples, 12_000, 8_000), 8_000)),
        ("played twice as fast", sound => new Sound(SpeechResampler.Convert(sound.Samples, 16_000, 8_000), 8_000)),
        ("played at half speed", sound => new Sound(SpeechResampler.Convert(sound.Samples, 8_000, 16_000), 8_000)),
        ("bytes swapped", sound => new Sound([.. sound.Samples.Select(BinaryPrimitives.ReverseEndianness)], sound.SampleRateHz)),
        ("mu-law read as A-law", sound => new Sound([.. sound.Samples.Select(sample => G711.DecodeALaw(G711.EncodeMuLaw(sample)))], sound.SampleRateHz)),
        ("a tenth of the frames silent", sound => Frames(sound, (frame, i) => i % 10 == 5 ? new short[frame.Length] : frame)),
    ];

    private static Sound Frames(Sound sound, Func<short[], short[]> change) => Frames(sound, (frame, _) => change(frame));

    private static Sound Frames(Sound sound, Func<short[], int, short[]> change) =>
        new([.. sound.Samples.Chunk(sound.SampleRateHz / 50).SelectMany(change)], sound.SampleRateHz);

    private async Task<List<(string Said, Hearing Heard)>> HearAsync(int count, Func<string, string, CallerLine, Task<Sound>> speak)
    {
        var random = new Random(Seed);
        var sampler = new GrammarSampler(MenuGrammar.Build(Menu), random);
        var caller = new CallerLine(fixture.Synthesizer, random);
        var grammar = MenuGrammar.Build(Menu);
        var results = new List<(string, Hearing)>();
        for (var i = 0; i < count; i++)
        {
            var said = grammar.Text(sampler.Draw());
            var sound = await speak(said, EarFixture.Settings.Voices[i % EarFixture.Settings.Voices.Count], caller);
            var heard = await fixture.Ear.HearAsync(Audio(sound), EarFixture.Configuration with { Voice = $"{i}" }, CancellationToken.None);
            if (heard.Transcript != said)
            {
                output.WriteLine($"'{said}' heard as '{heard.Transcript}', {heard.Outcome}, {heard.Confidence:0.00}");
            }

            results.Add((said, heard));
        }

        return results;
    }

    private static UserAudio Audio(Sound sound) => new()
    {
        ItemId = "item_1",
        Samples = sound.Samples,
        SampleRateHz = sound.SampleRateHz,
        Format = sound.SampleRateHz == 8_000 ? RealtimeAudioFormat.Pcmu : RealtimeAudioFormat.Pcm24k,
        StartMs = 0,
    };

    /// <summary>What a sentence does to an order; "lasagne" and "lasagna" sound and mean the same.</summary>
    private static string Meaning(string sentence) =>
        SentenceReaderTests.Describe(Reader.Read(sentence, new OrderContext(Menu.Items.Select(item => item.Id).ToHashSet(), null)));
}
