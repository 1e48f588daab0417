using VoiceOrdering.Realtime.Simulator.Echo;
using VoiceOrdering.Realtime.Simulator.Models;

namespace VoiceOrdering.Realtime.Simulator.Voice;

/// <summary>Speaks with espeak-ng. Sentences that come again (greeting, "Anything else?") come from memory.</summary>
public sealed class EspeakVoice : IVoice, IDisposable
{
    /// <summary>Samples kept for sentences that come again; 24 000 are one second.</summary>
    public const int DefaultMaxCachedSamples = 24_000 * 300;

    private const int SampleRateHz = 24_000;

    /// <summary>The provider's voice names by voices of the synthesizer; a name that is not listed gets the first.</summary>
    private static readonly Dictionary<string, string> Voices = new(StringComparer.OrdinalIgnoreCase)
    {
        ["alloy"] = "en-us",
        ["ash"] = "en-us+m3",
        ["ballad"] = "en-gb+m4",
        ["coral"] = "en-us+f3",
        ["echo"] = "en-us+m1",
        ["sage"] = "en-gb",
        ["shimmer"] = "en-us+f2",
        ["verse"] = "en-us+m2",
        ["marin"] = "en-us+f4",
        ["cedar"] = "en-us+m7",
    };

    private readonly EspeakSynthesizer _synthesizer;
    private readonly SpeechCache _cache;

    private EspeakVoice(EspeakSynthesizer synthesizer, int maxCachedSamples) =>
        (_synthesizer, _cache) = (synthesizer, new SpeechCache(maxCachedSamples));

    /// <summary>True when the machine has espeak-ng; without it callers hear a tone and the simulator understands typed turns only.</summary>
    public static bool IsInstalled
    {
        get
        {
            using var found = EspeakSynthesizer.Find();
            return found is not null;
        }
    }

    /// <summary>The synthesizer's voice, or a tone where espeak-ng is not installed.</summary>
    /// <param name="maxCachedSamples">0 keeps nothing.</param>
    public static IVoice FindOrTone(int maxCachedSamples = DefaultMaxCachedSamples) =>
        EspeakSynthesizer.Find() is { } synthesizer ? new EspeakVoice(synthesizer, maxCachedSamples) : new ToneVoice();

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<short>> SpeakAsync(SpeechRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (string.IsNullOrWhiteSpace(request.Text))
        {
            return ReadOnlyMemory<short>.Empty;
        }

        var utterance = new Utterance(request.Text, VoiceFor(request), (int)(EspeakSynthesizer.NormalWordsPerMinute * Math.Clamp(request.Speed, 0.25, 1.5)));
        if (_cache.TryFind(utterance, out var cached))
        {
            return cached;
        }

        var sound = await SpeakAsync(utterance, cancellationToken).ConfigureAwait(false);
        var samples = SpeechResampler.Convert(sound.Samples, sound.SampleRateHz, SampleRateHz);
        _cache.Add(utterance, samples);
        return samples;
    }

    /// <inheritdoc/>
    public void Dispose() => _synthesizer.Dispose();

    private async Task<Sound> SpeakAsync(Utterance utterance, CancellationToken cancellationToken)
    {
        try
        {
            return await _synthesizer.SpeakAsync(utterance, cancellationToken).ConfigureAwait(false);
        }
        catch (EspeakException) when (utterance.Voice != Voices["alloy"])
        {
            // A language the synthesizer does not have is read with the plain voice rather than not at all.
            return await _synthesizer.SpeakAsync(utterance with { Voice = Voices["alloy"] }, cancellationToken).ConfigureAwait(false);
        }
    }

    private static string VoiceFor(SpeechRequest request)
    {
        var voice = Voices.GetValueOrDefault(request.Voice, Voices["alloy"]);
        if (string.IsNullOrEmpty(request.Language) || request.Language.StartsWith("en", StringComparison.OrdinalIgnoreCase) || !request.Language.All(c => char.IsAsciiLetter(c) || c == '-'))
        {
            return voice;
        }

        var variant = voice.IndexOf('+', StringComparison.Ordinal);
        return variant < 0 ? request.Language : request.Language + voice[variant..];
    }
}
