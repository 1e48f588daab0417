using VoiceOrdering.Realtime.Simulator.Voice;

namespace VoiceOrdering.Realtime.Simulator.Ear;

/// <summary>Hears one utterance with one model: decode, speak again, compare, accept or not. Safe for concurrent use.</summary>
internal sealed class PhraseEar(EspeakSynthesizer synthesizer, EarModel model, EarSettings settings)
{
    private const double QuietGapLoudness = -4.5;
    private readonly PhraseVerifier _verifier = new(synthesizer, model, settings);

    /// <param name="samples">8 kHz.</param>
    /// <param name="knownVoice">The voice this caller was recognised with before; the others are tried only when it does not fit.</param>
    public async Task<HeardPhrase> HearAsync(ReadOnlyMemory<short> samples, string? knownVoice, CancellationToken cancellationToken)
    {
        var snrDb = SpeechTrim.SnrDb(samples.Span);
        var speech = SpeechTrim.Cut(samples.Span).ToArray();
        var frames = FeatureExtractor.Extract(speech, model.Mean);
        var hypotheses = Decoder.Decode(model.Grammar, model.States, frames);
        if (hypotheses.Count == 0)
        {
            return HeardPhrase.Nothing;
        }

        var verified = await _verifier.VerifyAsync(frames, snrDb, hypotheses, knownVoice, cancellationToken).ConfigureAwait(false);
        return verified is null
            ? HeardPhrase.Nothing with { Text = hypotheses[0].Text }
            : Judge(verified, frames, speech, snrDb);
    }

    private HeardPhrase Judge(VerifiedPhrase phrase, FeatureFrames frames, short[] speech, float snrDb)
    {
        var limits = settings.Limits;
        var noise = Math.Clamp((34 - snrDb) / 20, 0, 1);
        var seconds = frames.Count * FeatureFrames.FrameMs / 1000.0;
        var gapMs = LongestGapMs(speech, phrase);
        var shares = new[]
        {
            phrase.Fit.Mean / (limits.MeanDistance + (limits.MeanDistanceNoise * noise)),
            phrase.Fit.Worst / (limits.WorstDistance + (limits.WorstDistanceNoise * noise)),
            phrase.Fit.LagSeconds / Math.Max(limits.LagSeconds, (limits.LagShare + (limits.LagShareNoise * noise)) * seconds),
            phrase.Fit.Rate < limits.SlowestRate || phrase.Fit.Rate > limits.FastestRate ? 2 : 0,
            gapMs > limits.LongestGapMs ? 2 : 0,
        };
        // At a limit the confidence is one half, at a perfect fit one.
        var confidence = Math.Clamp(1 - (shares.Max() / 2), 0, 1);
        return new HeardPhrase(phrase.Text, phrase.Voice, confidence, shares.Max() < 1 ? Verdict.Accepted : Verdict.Rejected, phrase.Fit, gapMs, snrDb);
    }

    /// <summary>Longest run of one constant value while the same sentence, spoken again, has sound; a pause of the speaker does not count.</summary>
    private static int LongestGapMs(short[] speech, VerifiedPhrase phrase)
    {
        const int samplesPerMs = FeatureExtractor.SampleRateHz / 1000;
        var longest = 0;
        var run = 0;
        for (var i = 1; i < speech.Length; i++)
        {
            run = speech[i] == speech[i - 1] && Math.Abs((int)speech[i]) <= 8 ? run + 1 : 0;
            var frame = Math.Clamp((i - (run / 2)) / (samplesPerMs * FeatureFrames.FrameMs), 0, phrase.Fit.Partners.Length - 1);
            if (run > longest && phrase.Reference.Loudness[phrase.Fit.Partners[frame]] > QuietGapLoudness)
            {
                longest = run;
            }
        }

        return longest / samplesPerMs;
    }
}

/// <summary>What was heard of one utterance.</summary>
internal sealed record HeardPhrase(string Text, string? Voice, double Confidence, Verdict Verdict, PhraseFit? Fit, int GapMs, float SnrDb)
{
    public static HeardPhrase Nothing { get; } = new("", null, 0, Verdict.Rejected, null, 0, 0);
}

internal enum Verdict
{
    Rejected,
    Accepted,
}
