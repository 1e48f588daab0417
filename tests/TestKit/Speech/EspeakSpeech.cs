using System.Buffers.Binary;
using System.Diagnostics;

namespace VoiceOrdering.TestKit.Speech;

/// <summary>Speech by espeak-ng: the caller of the end-to-end tests and of the demo.</summary>
public static class EspeakSpeech
{
    /// <summary>Whether espeak-ng is on the PATH.</summary>
    public static bool IsAvailable { get; } = Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, "espeak-ng")));

    /// <summary>Speaks a text; 16-bit mono WAV at 22,050 Hz with correct lengths.</summary>
    public static async Task<byte[]> SayAsync(string text, string voice, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("espeak-ng", ["-v", voice, "-z", "--stdout", "--", text]) { RedirectStandardOutput = true };
        using var espeak = Process.Start(start) ?? throw new InvalidOperationException("espeak-ng did not start.");
        using var wav = new MemoryStream();
        await espeak.StandardOutput.BaseStream.CopyToAsync(wav, cancellationToken);
        await espeak.WaitForExitAsync(cancellationToken);
        if (espeak.ExitCode != 0 || wav.Length <= HeaderBytes)
        {
            throw new InvalidOperationException($"espeak-ng could not speak with voice '{voice}' (exit code {espeak.ExitCode}).");
        }

        return WithLengths(wav.ToArray());
    }

    private const int HeaderBytes = 44;

    // With --stdout the length is not known when the header is written; espeak-ng leaves a placeholder.
    private static byte[] WithLengths(byte[] wav)
    {
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(4), wav.Length - 8);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(40), wav.Length - HeaderBytes);
        return wav;
    }
}
