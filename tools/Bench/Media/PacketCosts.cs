using VoiceOrdering.Media.Audio;
using VoiceOrdering.Media.Rtp;
using VoiceOrdering.Media.Srtp;

namespace VoiceOrdering.Bench.Media;

/// <summary>CPU of the single steps of a packet, on one thread.</summary>
internal static class PacketCosts
{
    private const int Payload = 160;
    private const int StepsPerRound = 20;

    public static IEnumerable<BenchResult> Measure(BenchOptions options)
    {
        foreach (SrtpProfile profile in new[] { SrtpProfile.AeadAes128Gcm, SrtpProfile.AesCm128HmacSha1Tag80 })
        {
            yield return Result($"{profile.OpenSslName}: protect and open 160 B", options, Srtp(profile));
        }

        yield return Result("8 to 24 kHz, 20 ms", options, Up());
        yield return Result("24 to 8 kHz, 20 ms", options, Down());
        yield return Result("Opus encode of a tone, complexity 3, 20 ms", options, Opus());
    }

    private static BenchResult Result(string name, BenchOptions options, Action step)
    {
        for (int i = 0; i < 2_000; i++)
        {
            step();
        }

        // The best of many short rounds: the others share their time with other programs.
        double best = double.MaxValue;
        long end = options.Time.GetTimestamp() + (long)(options.Duration.TotalSeconds / 5 * options.Time.TimestampFrequency);
        while (options.Time.GetTimestamp() < end)
        {
            long start = options.Time.GetTimestamp();
            for (int i = 0; i < StepsPerRound; i++)
            {
                step();
            }

            best = Math.Min(best, options.Time.GetElapsedTime(start).TotalMicroseconds / StepsPerRound);
        }

        return new BenchResult(name, best, "µs", null, Direction.Lower);
    }

    private static Action Srtp(SrtpProfile profile)
    {
        SrtpTransform Transform() => profile.CreateTransform(new byte[profile.KeyLength], new byte[profile.SaltLength]);
        SrtpSender sender = new(Transform());
        SrtpReceiver receiver = new(Transform());
        byte[] packet = new byte[RtpHeader.FixedLength + Payload + SrtpProfile.MaxExpansion];
        ushort sequenceNumber = 0;
        return () =>
        {
            new RtpHeader { SequenceNumber = sequenceNumber, Ssrc = 1 }.Write(packet);
            int length = sender.ProtectRtp(packet, RtpHeader.FixedLength + Payload, sequenceNumber++, 1);
            if (!receiver.TryUnprotectRtp(packet.AsSpan(0, length), out _, out _))
            {
                throw new InvalidOperationException("The packet was refused.");
            }
        };
    }

    private static Action Up()
    {
        Upsampler8kTo24k up = new();
        short[] narrow = new short[160];
        short[] wide = new short[480];
        return () => up.Process(narrow, wide);
    }

    private static Action Down()
    {
        Downsampler24kTo8k down = new();
        short[] narrow = new short[160];
        short[] wide = new short[480];
        return () => down.Process(wide, narrow);
    }

    private static Action Opus()
    {
        OpusEncoder encoder = new(complexity: 3);
        short[] voice = TestKit.Media.Tone.Make(200, 24_000, 480);
        byte[] packet = new byte[OpusEncoder.MaxPacketBytes];
        return () => encoder.Encode(voice, packet);
    }
}
