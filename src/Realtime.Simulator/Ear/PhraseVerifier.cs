using VoiceOrdering.Realtime.Simulator.Voice;

namespace VoiceOrdering.Realtime.Simulator.Ear;

/// <summary>Speaks a hypothesis again with the listed voices and compares: what was not said does not fit anywhere near as well.</summary>
internal sealed class PhraseVerifier(EspeakSynthesizer synthesizer, EarModel model, EarSettings settings)
{
    /// <summary>Quiet this long at a word's end may be a comma of the speaker's, or only the closure of a consonant.</summary>
    private const int CommaFrames = 7;

    /// <summary>How far from a word's end, as the decoder sees it, its comma may lie.</summary>
    private const int CommaReachFrames = 8;

    /// <summary>Loudness below which a frame is quiet, in natural logarithm under the loud ones.</summary>
    private const float QuietLoudness = -5.5f;

    /// <summary>A lag beyond this is worth a reference at the caller's own speed.</summary>
    private const double NoticeableLagSeconds = 0.015;

    /// <summary>A near sentence must fit this much better to be taken instead of the decoder's choice.</summary>
    private const double Advantage = 0.01;

    /// <summary>Rivals this near are always spoken again, further ones only when the best does not fit well.</summary>
    private const float NearRival = 30;

    private readonly float[] _weights = PhraseAligner.Weights(model.Variance);

    /// <summary>The hypothesis that fits best, with its fit and voice; null when none can be laid over the utterance at all.</summary>
    public async Task<VerifiedPhrase?> VerifyAsync(FeatureFrames utterance, float snrDb, IReadOnlyList<Hypothesis> hypotheses, string? knownVoice, CancellationToken cancellationToken)
    {
        var voices = knownVoice is null ? settings.Voices : [knownVoice];
        var best = await BestVoiceAsync(utterance, snrDb, hypotheses[0], voices, cancellationToken).ConfigureAwait(false);
        if (knownVoice is not null && (best is null || best.Fit.Mean > settings.Limits.MeanDistance))
        {
            best = await BestVoiceAsync(utterance, snrDb, hypotheses[0], settings.Voices, cancellationToken).ConfigureAwait(false) ?? best;
        }

        var voice = best?.Voice ?? settings.Voices[0];
        var fitsWell = best is not null && best.Fit.Mean < settings.Limits.MeanDistance && best.Fit.Worst < settings.Limits.WorstDistance;
        var rivals = await Task.WhenAll(hypotheses.Skip(1).Where(rival => !fitsWell || rival.Behind < NearRival)
            .Select(rival => FitAsync(utterance, snrDb, rival, voice, cancellationToken))).ConfigureAwait(false);
        foreach (var rival in rivals)
        {
            if (rival is not null && (best is null || Badness(rival.Fit) < Badness(best.Fit) - Advantage))
            {
                best = rival;
            }
        }

        return best is null ? null : await MatchSpeedAsync(utterance, snrDb, best, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Speaks the sentence at the caller's speed, so that what lag remains is damage and not temperament.</summary>
    private async Task<VerifiedPhrase> MatchSpeedAsync(FeatureFrames utterance, float snrDb, VerifiedPhrase phrase, CancellationToken cancellationToken)
    {
        if (phrase.Fit.LagSeconds < NoticeableLagSeconds)
        {
            return phrase;
        }

        var rates = new[] { phrase.Fit.Rate, phrase.Fit.SpeechRate }
            .Select(rate => (int)Math.Round(EspeakSynthesizer.NormalWordsPerMinute * Math.Clamp(rate, settings.Limits.SlowestRate, settings.Limits.FastestRate)))
            .Where(rate => rate != EspeakSynthesizer.NormalWordsPerMinute).Distinct();
        var matched = await Task.WhenAll(rates.Select(rate =>
            FitTextAsync(utterance, snrDb, new Utterance(phrase.Spoken, phrase.Voice, rate), cancellationToken))).ConfigureAwait(false);
        return matched.OfType<VerifiedPhrase>().Append(phrase).MinBy(each => Badness(each.Fit) + each.Fit.LagSeconds)! with { Text = phrase.Text };
    }

    private static double Badness(PhraseFit fit) => fit.Mean + (0.3 * fit.Worst);

    private async Task<VerifiedPhrase?> BestVoiceAsync(FeatureFrames utterance, float snrDb, Hypothesis hypothesis, IEnumerable<string> voices, CancellationToken cancellationToken)
    {
        var fits = await Task.WhenAll(voices.Select(voice => FitAsync(utterance, snrDb, hypothesis, voice, cancellationToken))).ConfigureAwait(false);
        return fits.OfType<VerifiedPhrase>().MinBy(phrase => Badness(phrase.Fit));
    }

    private async Task<VerifiedPhrase?> FitAsync(FeatureFrames utterance, float snrDb, Hypothesis hypothesis, string voice, CancellationToken cancellationToken)
    {
        // The reference that fits decides whether a quiet was a comma, and which "I" it was.
        var spoken = new[] { hypothesis.Text, Punctuate(utterance, hypothesis) }.SelectMany(Writings).Distinct(StringComparer.Ordinal);
        var fits = await Task.WhenAll(spoken.Select(text => FitTextAsync(utterance, snrDb, new Utterance(text, voice), cancellationToken))).ConfigureAwait(false);
        return fits.OfType<VerifiedPhrase>().MinBy(phrase => Badness(phrase.Fit)) is { } best ? best with { Text = hypothesis.Text } : null;
    }

    /// <summary>The synthesizer stresses a small "i" and not a capital one; callers' texts are written either way.</summary>
    private static IEnumerable<string> Writings(string text)
    {
        var words = text.Split(' ');
        return words.Contains("i", StringComparer.Ordinal) ? [text, string.Join(' ', words.Select(word => word == "i" ? "I" : word))] : [text];
    }

    private async Task<VerifiedPhrase?> FitTextAsync(FeatureFrames utterance, float snrDb, Utterance spoken, CancellationToken cancellationToken)
    {
        var sound = await synthesizer.SpeakAsync(spoken, cancellationToken).ConfigureAwait(false);
        var samples = SpeechDamage.Pad(SpeechResampler.Convert(sound.Samples, sound.SampleRateHz, FeatureExtractor.SampleRateHz));
        // The reference must be as noisy as the caller, or the noise alone doubles the distance.
        var noisy = SpeechDamage.AddNoise(samples, Math.Clamp(snrDb, 5, 45), new Random(spoken.Text.Length));
        var reference = FeatureExtractor.Extract(SpeechTrim.Cut(noisy), model.Mean);
        var fit = PhraseAligner.Align(utterance, reference, _weights);
        return fit is null ? null : new VerifiedPhrase(spoken.Text, spoken.Text, spoken.Voice, fit, reference);
    }

    /// <summary>The sentence with a comma after each word that has quiet near its end.</summary>
    private static string Punctuate(FeatureFrames utterance, Hypothesis hypothesis)
    {
        var words = hypothesis.Text.Split(' ');
        for (var i = 0; i < words.Length - 1; i++)
        {
            var run = 0;
            for (var t = Math.Max(0, hypothesis.EndFrames[i] - (2 * CommaReachFrames)); t < Math.Min(utterance.Count, hypothesis.EndFrames[i] + CommaReachFrames) && run < CommaFrames; t++)
            {
                run = utterance.Loudness[t] < QuietLoudness ? run + 1 : 0;
            }

            words[i] += run >= CommaFrames ? "," : "";
        }

        return string.Join(' ', words);
    }
}

/// <summary>A hypothesis after it was spoken again.</summary>
/// <param name="Spoken">The text with the commas it was spoken with.</param>
internal sealed record VerifiedPhrase(string Text, string Spoken, string Voice, PhraseFit Fit, FeatureFrames Reference);
