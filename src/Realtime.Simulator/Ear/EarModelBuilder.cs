using VoiceOrdering.Realtime.Simulator.Voice;

namespace VoiceOrdering.Realtime.Simulator.Ear;

/// <summary>Trains the ear for a grammar from nothing but the synthesizer's speech.</summary>
internal sealed class EarModelBuilder(EspeakSynthesizer synthesizer, EarSettings settings)
{
    private const double StatesPerPhone = 2.3;
    private const int FewestStates = 3;
    private const int SamplingSeed = 20_117;
    private static readonly float[] SnrsDb = [15, 45, 20, 45, 30, 45];
    private static readonly int[] Rates = [175, 160, 190, 148, 175];
    private static readonly int[] Pitches = [50, 42, 58];

    public async Task<EarModel> BuildAsync(Grammar grammar, CancellationToken cancellationToken)
    {
        var states = await CountStatesAsync(grammar, cancellationToken).ConfigureAwait(false);
        var sentences = new GrammarSampler(grammar, new Random(SamplingSeed)).DrawCovering(settings.TimesEachWord);
        var spoken = await SpeakAllAsync(grammar, sentences, cancellationToken).ConfigureAwait(false);
        var mean = MeasureMean(spoken.Select(each => each.Clean));
        var utterances = new TrainingUtterance[spoken.Length];
        Parallel.For(0, spoken.Length, Options(cancellationToken), i =>
            utterances[i] = new TrainingUtterance(FeatureExtractor.Extract(SpeechTrim.Cut(spoken[i].Damaged), mean), spoken[i].Words));
        var trainer = new ModelTrainer(utterances, states, settings.TrainingThreads);
        return new EarModel(grammar, trainer.Train(cancellationToken), mean, trainer.GlobalVariance);
    }

    private async Task<int[]> CountStatesAsync(Grammar grammar, CancellationToken cancellationToken)
    {
        var states = new int[grammar.Words.Length];
        await Parallel.ForAsync(0, states.Length, Options(cancellationToken), async (word, cancel) =>
        {
            var phones = await synthesizer.CountPhonesAsync(grammar.Words[word], settings.Voices[0], cancel).ConfigureAwait(false);
            states[word] = Math.Max(FewestStates, (int)Math.Round(phones * StatesPerPhone));
        }).ConfigureAwait(false);
        return states;
    }

    private async Task<(short[] Clean, short[] Damaged, int[] Words)[]> SpeakAllAsync(Grammar grammar, List<int[]> sentences, CancellationToken cancellationToken)
    {
        var spoken = new (short[] Clean, short[] Damaged, int[] Words)[sentences.Count * settings.Voices.Count];
        await Parallel.ForAsync(0, spoken.Length, Options(cancellationToken), async (i, cancel) =>
        {
            var nodes = sentences[i / settings.Voices.Count];
            var utterance = new Utterance(grammar.Text(nodes), settings.Voices[i % settings.Voices.Count], Rates[i % Rates.Length], Pitches[i / 5 % Pitches.Length]);
            var sound = await synthesizer.SpeakAsync(utterance, cancel).ConfigureAwait(false);
            var clean = SpeechDamage.Pad(SpeechResampler.Convert(sound.Samples, sound.SampleRateHz, FeatureExtractor.SampleRateHz));
            var damaged = SpeechDamage.AddNoise(clean, SnrsDb[i % SnrsDb.Length], new Random(i));
            if (i % 2 == 0)
            {
                SpeechDamage.PassMuLaw(damaged);
            }

            spoken[i] = (clean, damaged, [.. nodes.Select(node => grammar.NodeWords[node])]);
        }).ConfigureAwait(false);
        return spoken;
    }

    private ParallelOptions Options(CancellationToken cancellationToken) => new() { CancellationToken = cancellationToken, MaxDegreeOfParallelism = settings.TrainingThreads };

    private static float[] MeasureMean(IEnumerable<short[]> sounds)
    {
        var sums = new double[13];
        var count = 0L;
        foreach (var sound in sounds)
        {
            FeatureExtractor.AddRawCepstra(SpeechTrim.Cut(sound), sums, ref count);
        }

        return [.. sums.Select(sum => (float)(sum / Math.Max(1, count)))];
    }
}
