using VoiceOrdering.Media.Audio;
using VoiceOrdering.Realtime.Simulator.Ear;
using VoiceOrdering.Realtime.Simulator.Voice;

namespace VoiceOrdering.Realtime.Simulator.Tests.Ear;

internal enum LineKind
{
    MuLaw,
    Opus,
}

/// <summary>A synthetic caller on a telephone or browser line: gain, room noise, silence around the words, and the real codec.</summary>
internal sealed class CallerLine(EspeakSynthesizer synthesizer, Random random)
{
    /// <summary>What the simulator gets: 8 kHz from G.711, 24 kHz from Opus.</summary>
    public async Task<Sound> SpeakAsync(string text, string voice, LineKind kind, double snrDb = 40, int wordsPerMinute = EspeakSynthesizer.NormalWordsPerMinute)
    {
        var sound = await synthesizer.SpeakAsync(new Utterance(text, voice, wordsPerMinute), CancellationToken.None);
        var rateHz = kind == LineKind.MuLaw ? 8_000 : 48_000;
        var samples = SpeechResampler.Convert(sound.Samples, sound.SampleRateHz, rateHz);
        SpeechDamage.Amplify(samples, Math.Pow(10, (-12 + (random.NextDouble() * 12)) / 20));
        short[] padded = [.. new short[rateHz * 3 / 10], .. samples, .. new short[rateHz / 2]];
        var noisy = SpeechDamage.AddNoise(padded, (float)snrDb, random);
        if (kind == LineKind.Opus)
        {
            return new Sound(OpusLine.Pass(noisy, 32_000), 24_000);
        }

        var codes = new byte[noisy.Length];
        G711.EncodeMuLaw(noisy, codes);
        G711.DecodeMuLaw(codes, noisy);
        return new Sound(noisy, rateHz);
    }
}
