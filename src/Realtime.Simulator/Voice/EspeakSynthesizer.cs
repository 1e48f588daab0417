using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace VoiceOrdering.Realtime.Simulator.Voice;

/// <summary>Runs the espeak-ng program, one process a sentence, never more at once than the machine has processors. Safe for concurrent use.</summary>
internal sealed class EspeakSynthesizer : IDisposable
{
    /// <summary>Longest text handed to the program; more is cut off at a word.</summary>
    public const int MaxTextCharacters = 1_000;

    /// <summary>Rate the program speaks at when it is told nothing, in words a minute.</summary>
    public const int NormalWordsPerMinute = 175;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly string _program;
    private readonly SemaphoreSlim _places = new(Math.Max(1, Environment.ProcessorCount));

    private EspeakSynthesizer(string program) => _program = program;

    /// <summary>The installed synthesizer, or null when the machine has none.</summary>
    public static EspeakSynthesizer? Find()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var program = folders.Select(folder => Path.Combine(folder, "espeak-ng")).FirstOrDefault(File.Exists);
        return program is null ? null : new EspeakSynthesizer(program);
    }

    /// <summary>First line of the program's own version answer; part of every cached model's key.</summary>
    public async Task<string> ReadVersionAsync(CancellationToken cancellationToken)
    {
        var output = await RunAsync(["--version"], cancellationToken).ConfigureAwait(false);
        return Encoding.UTF8.GetString(output).Split("Data at", 2)[0].Trim();
    }

    /// <summary>Number of phones the voice makes of a word.</summary>
    public async Task<int> CountPhonesAsync(string word, string voice, CancellationToken cancellationToken)
    {
        var output = await RunAsync(["-v", voice, "-q", "-x", "--sep=_", "--", word], cancellationToken).ConfigureAwait(false);
        var phones = Encoding.UTF8.GetString(output).Split(['_', ' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Length;
        return Math.Max(1, phones);
    }

    /// <summary>Speaks a text as mono 16-bit samples; the same arguments give the same samples. Fails with <see cref="EspeakException"/>.</summary>
    public async Task<Sound> SpeakAsync(Utterance utterance, CancellationToken cancellationToken)
    {
        var text = utterance.Text.Length <= MaxTextCharacters ? utterance.Text : utterance.Text[..utterance.Text.LastIndexOf(' ', MaxTextCharacters)];
        var output = await RunAsync(
            [
                "-v", utterance.Voice,
                "-s", utterance.WordsPerMinute.ToString(CultureInfo.InvariantCulture),
                "-p", utterance.Pitch.ToString(CultureInfo.InvariantCulture),
                "-z", "--stdout", "--", text,
            ],
            cancellationToken).ConfigureAwait(false);
        return ReadWave(output);
    }

    public void Dispose() => _places.Dispose();

    /// <summary>The header announces a length the program did not know yet, so everything behind it counts.</summary>
    private static Sound ReadWave(byte[] wave)
    {
        const int headerBytes = 44;
        if (wave.Length < headerBytes)
        {
            return new Sound([], 22_050);
        }

        var sampleRateHz = BinaryPrimitives.ReadInt32LittleEndian(wave.AsSpan(24));
        var samples = MemoryMarshal.Cast<byte, short>(wave.AsSpan(headerBytes, (wave.Length - headerBytes) & ~1)).ToArray();
        return new Sound(samples, sampleRateHz);
    }

    private async Task<byte[]> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            timeout.CancelAfter(Patience);
            return await RunOnceAsync(arguments, timeout.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EspeakException($"espeak-ng did not finish within {Patience.TotalSeconds} s.");
        }
        finally
        {
            _places.Release();
        }
    }

    private async Task<byte[]> RunOnceAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(_program) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start) ?? throw new EspeakException("espeak-ng did not start.");
        try
        {
            process.StandardInput.Close();
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            using var output = new MemoryStream();
            await process.StandardOutput.BaseStream.CopyToAsync(output, cancellationToken).ConfigureAwait(false);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            return process.ExitCode == 0
                ? output.ToArray()
                : throw new EspeakException($"espeak-ng ended with {process.ExitCode}: {(await errors.ConfigureAwait(false)).Trim()}");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }
}

/// <summary>Mono 16-bit samples at a rate.</summary>
internal sealed record Sound(short[] Samples, int SampleRateHz);

/// <summary>A text and how it is spoken; pitch 0–99, 50 is normal.</summary>
internal sealed record Utterance(string Text, string Voice, int WordsPerMinute = EspeakSynthesizer.NormalWordsPerMinute, int Pitch = 50);
