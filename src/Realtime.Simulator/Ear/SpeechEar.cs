using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using VoiceOrdering.Realtime.Simulator.Agent;
using VoiceOrdering.Realtime.Simulator.Models;
using VoiceOrdering.Realtime.Simulator.Voice;

namespace VoiceOrdering.Realtime.Simulator.Ear;

/// <summary>
/// Understands callers who speak with one of the listed synthesizer voices, in the sentences of the session's menu. Word models are trained
/// from the synthesizer's own speech when a menu is seen first, in the background, and kept on disk. Safe for concurrent use.
/// </summary>
public sealed class SpeechEar : IEar, IDisposable
{
    /// <summary>Said while the words of a menu are still being learned.</summary>
    public const string StillLearning = "I am still learning to hear this menu. Please try again in a moment, or type your order.";

    private const string TooLarge = "This menu is too large for me to hear. Please type your order.";
    private const string CannotHear = "I cannot hear at the moment. Please type your order.";
    private readonly EspeakSynthesizer _synthesizer;
    private readonly EarSettings _settings;
    private readonly ILogger<SpeechEar> _logger;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly LinkedList<(string Menu, Task<PhraseEar> Ear)> _ears = new();
    private readonly SemaphoreSlim _training = new(1);
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>What is known of a session's caller; a session is told apart by its configuration object.</summary>
    private readonly ConditionalWeakTable<ModelConfiguration, Caller> _callers = [];

    private SpeechEar(EspeakSynthesizer synthesizer, EarSettings settings, TimeProvider time, ILogger<SpeechEar> logger) =>
        (_synthesizer, _settings, _time, _logger) = (synthesizer, settings, time, logger);

    /// <summary>The ear, or null on a machine without espeak-ng, where only typed turns are understood.</summary>
    public static SpeechEar? Find(EarSettings settings, TimeProvider time, ILogger<SpeechEar>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return EspeakSynthesizer.Find() is { } synthesizer
            ? new SpeechEar(synthesizer, settings, time, logger ?? NullLogger<SpeechEar>.Instance)
            : null;
    }

    /// <summary>Starts learning the menu of a session, when it is not known yet; returns at once.</summary>
    public void Prepare(ModelConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        _ = FindEarAsync(configuration.Instructions);
    }

    /// <summary>Completes when the menu in these instructions can be heard; fails with the reason when it cannot.</summary>
    public async Task PrepareAsync(string instructions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(instructions);
        if (FindEarAsync(instructions) is { } ear)
        {
            await ear.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async Task<Hearing> HearAsync(UserAudio audio, ModelConfiguration configuration, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(audio);
        ArgumentNullException.ThrowIfNull(configuration);
        if (FindEarAsync(configuration.Instructions) is not { } learning || audio.DurationMs > _settings.LongestTurn.TotalMilliseconds)
        {
            return Hearing.NotUnderstood();
        }

        try
        {
            var ear = await learning.WaitAsync(_settings.Patience, _time, cancellationToken).ConfigureAwait(false);
            var caller = _callers.GetOrCreateValue(configuration);
            var samples = SpeechResampler.Convert(audio.Samples.Span, audio.SampleRateHz, FeatureExtractor.SampleRateHz);
            var heard = await ear.HearAsync(samples, caller.Voice, cancellationToken).ConfigureAwait(false);
            _logger.LogDebug(
                "Heard {Verdict} with confidence {Confidence}: distance {MeanDistance}, worst {WorstDistance}, lag {LagSeconds} s, gap {GapMs} ms, noise {SnrDb} dB.",
                heard.Verdict, heard.Confidence, heard.Fit?.Mean, heard.Fit?.Worst, heard.Fit?.LagSeconds, heard.GapMs, heard.SnrDb);
            if (heard.Verdict == Verdict.Rejected)
            {
                return Hearing.NotUnderstood(heard.Text, heard.Confidence);
            }

            caller.Voice = heard.Voice;
            return Hearing.Understood(heard.Text, heard.Confidence, "en");
        }
        catch (TimeoutException)
        {
            return Hearing.Failed(StillLearning);
        }
        catch (MenuTooLargeException)
        {
            return Hearing.Failed(TooLarge);
        }
        catch (EspeakException failure)
        {
            _logger.LogWarning(failure, "The synthesizer failed while a turn was heard.");
            return Hearing.Failed(CannotHear);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
        _synthesizer.Dispose();
        _training.Dispose();
    }

    /// <summary>The ear for the menu in the instructions, being made when it is new; null when there is no menu.</summary>
    private Task<PhraseEar>? FindEarAsync(string instructions)
    {
        var start = instructions.IndexOf("<menu", StringComparison.Ordinal);
        var end = start < 0 ? -1 : instructions.IndexOf("</menu>", start, StringComparison.Ordinal);
        if (end < 0)
        {
            return null;
        }

        var text = instructions[start..(end + 7)];
        lock (_lock)
        {
            for (var node = _ears.First; node is not null; node = node.Next)
            {
                if (node.Value.Menu == text)
                {
                    _ears.Remove(node);
                    if (!node.Value.Ear.IsFaulted)
                    {
                        _ears.AddFirst(node);
                        return node.Value.Ear;
                    }

                    break;
                }
            }

            var learning = Task.Run(() => LearnAsync(text, _stopping.Token), _stopping.Token);
            _ears.AddFirst((text, learning));
            while (_ears.Count > _settings.MaxModels)
            {
                _ears.RemoveLast();
            }

            return learning;
        }
    }

    private async Task<PhraseEar> LearnAsync(string menu, CancellationToken cancellationToken)
    {
        await _training.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var started = _time.GetTimestamp();
            var grammar = MenuGrammar.Build(MenuBlock.ReadMenu(menu));
            if (grammar.Words.Length > _settings.MaxWords)
            {
                _logger.LogWarning("A menu of {Words} words is not listened to; the limit is {MaxWords}.", grammar.Words.Length, _settings.MaxWords);
                throw new MenuTooLargeException();
            }

            var version = await _synthesizer.ReadVersionAsync(cancellationToken).ConfigureAwait(false);
            var path = _settings.CacheDirectory is { } directory ? EarModelFile.PathOf(directory, EarModelFile.Key(grammar, _settings, version)) : null;
            if (path is not null && EarModelFile.Read(path, grammar) is { } known)
            {
                _logger.LogInformation("The ear knows the menu already: {Words} words.", grammar.Words.Length);
                return new PhraseEar(_synthesizer, known, _settings);
            }

            _logger.LogInformation("The ear learns a menu of {Words} words with {Voices}.", grammar.Words.Length, _settings.Voices);
            var model = await new EarModelBuilder(_synthesizer, _settings).BuildAsync(grammar, cancellationToken).ConfigureAwait(false);
            Keep(path, model);
            _logger.LogInformation("The ear learned the menu in {Seconds} s.", _time.GetElapsedTime(started).TotalSeconds);
            return new PhraseEar(_synthesizer, model, _settings);
        }
        finally
        {
            _training.Release();
        }
    }

    private void Keep(string? path, EarModel model)
    {
        try
        {
            if (path is not null)
            {
                EarModelFile.Write(path, model);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            _logger.LogWarning(failure, "The learned menu could not be kept on disk and will be learned again after a restart.");
        }
    }

    private sealed class Caller
    {
        public string? Voice { get; set; }
    }
}
