using VoiceOrdering.Media.Audio;
using VoiceOrdering.TestKit.Media;

namespace VoiceOrdering.Media.Tests.Audio;

public sealed class AudioTests
{
    [Fact]
    public void Every_G711_code_survives_decoding_and_encoding()
    {
        for (int code = 0; code < 256; code++)
        {
            // Mu-law has two zeros; the negative one comes back as the positive one.
            byte expected = code == 0x7F ? (byte)0xFF : (byte)code;
            G711.EncodeMuLaw(G711.DecodeMuLaw((byte)code)).ShouldBe(expected);
            G711.EncodeALaw(G711.DecodeALaw((byte)code)).ShouldBe((byte)code);
        }
    }

    [Theory]
    [InlineData(0xFF, 0)]
    [InlineData(0x80, 32124)]
    [InlineData(0x00, -32124)]
    [InlineData(0xEF, 132)]
    public void Mu_law_has_the_values_of_G711(int code, int sample) => G711.DecodeMuLaw((byte)code).ShouldBe((short)sample);

    [Theory]
    [InlineData(0xD5, 8)]
    [InlineData(0x55, -8)]
    [InlineData(0xAA, 32256)]
    [InlineData(0x2A, -32256)]
    public void A_law_has_the_values_of_G711(int code, int sample) => G711.DecodeALaw((byte)code).ShouldBe((short)sample);

    [Fact]
    public void Every_sample_is_coded_to_its_nearest_value()
    {
        for (int sample = short.MinValue; sample <= short.MaxValue; sample++)
        {
            int muLaw = G711.DecodeMuLaw(G711.EncodeMuLaw((short)sample));
            int aLaw = G711.DecodeALaw(G711.EncodeALaw((short)sample));

            // Half a step of the segment; the largest step is 1024, and what is beyond the largest code is clipped to it.
            Math.Abs(Math.Clamp(sample, -32_124, 32_124) - muLaw).ShouldBeLessThanOrEqualTo(Math.Max(8, (Math.Abs(sample) + 132) / 30), $"mu-law {sample}");
            Math.Abs(Math.Clamp(sample, -32_256, 32_256) - aLaw).ShouldBeLessThanOrEqualTo(Math.Max(16, Math.Abs(sample) / 30), $"A-law {sample}");
        }
    }

    [Theory]
    [InlineData(300)]
    [InlineData(1_000)]
    [InlineData(3_000)]
    public void Resampling_keeps_speech_frequencies(int frequencyHz)
    {
        short[] wide = Tone.Make(frequencyHz, 24_000, 24_000);
        short[] narrow = new short[8_000];
        short[] back = new short[24_000];
        Downsampler24kTo8k down = new();
        Upsampler8kTo24k up = new();
        for (int frame = 0; frame < 50; frame++)
        {
            down.Process(wide.AsSpan(frame * 480, 480), narrow.AsSpan(frame * 160, 160));
            up.Process(narrow.AsSpan(frame * 160, 160), back.AsSpan(frame * 480, 480));
        }

        Tone.Share(narrow.AsSpan(800), frequencyHz, 8_000).ShouldBeGreaterThan(0.999);
        Tone.Share(back.AsSpan(2_400), frequencyHz, 24_000).ShouldBeGreaterThan(0.998);
        Level(back.AsSpan(2_400)).ShouldBe(Level(wide), Level(wide) * 0.03);
    }

    [Theory]
    [InlineData(5_000)]
    [InlineData(7_000)]
    [InlineData(11_000)]
    public void What_8_kHz_cannot_carry_is_removed_not_folded(int frequencyHz)
    {
        short[] wide = Tone.Make(frequencyHz, 24_000, 24_000);
        short[] narrow = new short[8_000];

        new Downsampler24kTo8k().Process(wide, narrow);

        Level(narrow.AsSpan(100)).ShouldBeLessThan(Level(wide) / 500);
    }

    [Fact]
    public void Opus_carries_a_tone_and_conceals_a_gap()
    {
        OpusEncoder.IsAvailable.ShouldBeTrue("libopus.so.0 must be installed for the tests");
        using OpusEncoder encoder = new();
        using OpusDecoder decoder = new();
        short[] tone = Tone.Make(440, 24_000, 48_000);
        byte[] packet = new byte[OpusEncoder.MaxPacketBytes];
        short[] decoded = new short[OpusDecoder.MaxSamples];
        List<short> heard = [];
        for (int frame = 0; frame < 100; frame++)
        {
            int length = encoder.Encode(tone.AsSpan(frame * 480, 480), packet);
            int count = frame == 70 ? decoder.Conceal(decoded, 480) : decoder.Decode(packet.AsSpan(0, length), decoded);
            count.ShouldBe(480);
            heard.AddRange(decoded.AsSpan(0, count));
        }

        Tone.WindowShare(heard.ToArray().AsSpan(4_800), 440, 24_000).ShouldBeGreaterThan(0.95);
    }

    [Fact]
    public void Opus_redundancy_is_seen_and_rebuilds_the_lost_frame()
    {
        using OpusEncoder encoder = new();
        encoder.ExpectLoss(10);
        using OpusDecoder decoder = new();
        byte[] packet = new byte[OpusEncoder.MaxPacketBytes];
        short[] decoded = new short[OpusDecoder.MaxSamples];
        short[] voice = Voice(48_000);
        int redundant = 0;
        for (int frame = 0; frame < 100; frame++)
        {
            int length = encoder.Encode(voice.AsSpan(frame * 480, 480), packet);
            if (OpusDecoder.HasRedundancy(packet.AsSpan(0, length)))
            {
                redundant++;
                decoder.Recover(packet.AsSpan(0, length), decoded, 480).ShouldBe(480);
            }

            decoder.Decode(packet.AsSpan(0, length), decoded).ShouldBe(480);
        }

        redundant.ShouldBeGreaterThan(30);
    }

    [Fact]
    public void Noise_is_not_Opus_and_does_no_harm()
    {
        using OpusDecoder decoder = new();
        Random random = new(9);
        short[] decoded = new short[OpusDecoder.MaxSamples];
        for (int i = 0; i < 3_000; i++)
        {
            byte[] noise = new byte[random.Next(0, 400)];
            random.NextBytes(noise);
            decoder.Decode(noise, decoded).ShouldBeInRange(0, OpusDecoder.MaxSamples);
        }
    }

    [Fact]
    public void A_G711_gap_continues_the_tone_and_fades()
    {
        G711Codec codec = new(AudioFormat.Pcmu8k);
        byte[] codes = RecordingAudio.Encode(AudioFormat.Pcmu8k, Tone.Make(150, 8_000, 1_600));
        byte[] frame = new byte[160];
        for (int i = 0; i < 10; i++)
        {
            codec.Decode(codes.AsSpan(i * 160, 160), new byte[1280]);
        }

        double before = Level(RecordingAudio.Decode(AudioFormat.Pcmu8k, codes));
        double[] levels = new double[4];
        for (int i = 0; i < 4; i++)
        {
            codec.Conceal(frame, i).ShouldBe(160);
            levels[i] = Level(RecordingAudio.Decode(AudioFormat.Pcmu8k, frame));
            if (i == 0)
            {
                Tone.Share(RecordingAudio.Decode(AudioFormat.Pcmu8k, frame), 150, 8_000).ShouldBeGreaterThan(0.9);
            }
        }

        levels[0].ShouldBeInRange(before * 0.6, before);
        levels[1].ShouldBeLessThan(levels[0]);
        levels[2].ShouldBeLessThan(levels[1]);
        levels[3].ShouldBe(0);
    }

    [Fact]
    public void A_wave_file_is_read_as_it_was_written()
    {
        WavAudio written = new(24_000, Tone.Make(500, 24_000, 1_001));

        WavAudio read = WavAudio.Read(written.ToBytes());

        read.SampleRateHz.ShouldBe(24_000);
        read.Samples.ShouldBe(written.Samples);
        Should.Throw<InvalidDataException>(() => WavAudio.Read("RIFF"u8));
    }

    // Pulses at 120 Hz through two resonances: enough like a voice for the encoder to use its voice mode.
    private static short[] Voice(int count)
    {
        short[] samples = new short[count];
        double y1 = 0;
        double y2 = 0;
        for (int i = 0; i < count; i++)
        {
            // Syllables: what never pauses is noise to the encoder.
            double pulse = i % 200 == 0 && i % 8_000 < 5_000 ? 6_000 : 0;
            double y = pulse + (1.85 * y1) - (0.93 * y2);
            y2 = y1;
            y1 = y;
            samples[i] = (short)Math.Clamp(y, short.MinValue, short.MaxValue);
        }

        return samples;
    }

    private static double Level(ReadOnlySpan<short> samples)
    {
        double energy = 0;
        foreach (short sample in samples)
        {
            energy += (double)sample * sample;
        }

        return Math.Sqrt(energy / samples.Length);
    }
}
