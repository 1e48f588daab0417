namespace VoiceOrdering.Media.Audio;

/// <summary>G.711 passes through untouched: the bridge gets and gives codes. Only a lost frame is computed.</summary>
internal sealed class G711Codec(AudioFormat format) : IFrameDecoder, IFrameEncoder
{
    private const int Frame = 160;
    private const int HistoryLength = 2 * Frame;

    // Pitch of 66 to 200 Hz at 8 kHz, as in G.711 Appendix I.
    private const int ShortestPitch = 40;
    private const int LongestPitch = 120;
    private const int FadeFrames = 3;

    private readonly byte[] _history = CreateHistory(format);
    private readonly short[] _linear = new short[HistoryLength];
    private int _pitch = ShortestPitch;

    public int MaxBytes => Rtp.JitterBuffer.MaxPayload;

    public int Decode(ReadOnlySpan<byte> payload, Span<byte> output)
    {
        payload.CopyTo(output);
        ReadOnlySpan<byte> newest = payload.Length > HistoryLength ? payload[^HistoryLength..] : payload;
        _history.AsSpan(newest.Length).CopyTo(_history);
        newest.CopyTo(_history.AsSpan(HistoryLength - newest.Length));
        return payload.Length;
    }

    public bool CanRecover(ReadOnlySpan<byte> following) => false;

    public int Recover(ReadOnlySpan<byte> following, Span<byte> output) => Conceal(output, 0);

    /// <summary>Repeats the last pitch period and fades out over 60 ms.</summary>
    public int Conceal(Span<byte> output, int sinceSpeech)
    {
        output = output[..Frame];
        if (sinceSpeech >= FadeFrames)
        {
            format.FillSilence(output);
            return Frame;
        }

        bool isMuLaw = format.Encoding == AudioEncoding.Pcmu;
        if (sinceSpeech == 0)
        {
            if (isMuLaw)
            {
                G711.DecodeMuLaw(_history, _linear);
            }
            else
            {
                G711.DecodeALaw(_history, _linear);
            }

            _pitch = FindPitch(_linear);
        }

        ReadOnlySpan<short> period = _linear.AsSpan(HistoryLength - _pitch);
        for (int i = 0; i < Frame; i++)
        {
            int position = (sinceSpeech * Frame) + i;
            short sample = (short)(period[position % _pitch] * ((FadeFrames * Frame) - position) / (FadeFrames * Frame));
            output[i] = isMuLaw ? G711.EncodeMuLaw(sample) : G711.EncodeALaw(sample);
        }

        return Frame;
    }

    public int Encode(ReadOnlySpan<byte> frame, Span<byte> payload)
    {
        frame.CopyTo(payload);
        return frame.Length;
    }

    public int EncodeSilence(Span<byte> payload)
    {
        format.FillSilence(payload[..Frame]);
        return Frame;
    }

    public void AdaptToLoss(double fraction)
    {
        // G.711 has no redundancy to add.
    }

    public void Dispose()
    {
    }

    private static byte[] CreateHistory(AudioFormat format)
    {
        byte[] history = new byte[HistoryLength];
        format.FillSilence(history);
        return history;
    }

    // The lag with the highest normalised correlation over the last 20 ms.
    private static int FindPitch(ReadOnlySpan<short> samples)
    {
        int best = ShortestPitch;
        double bestScore = double.MinValue;
        ReadOnlySpan<short> newest = samples[^Frame..];
        for (int lag = ShortestPitch; lag <= LongestPitch; lag++)
        {
            ReadOnlySpan<short> earlier = samples.Slice(samples.Length - Frame - lag, Frame);
            long product = 0;
            long energy = 1;
            for (int i = 0; i < Frame; i++)
            {
                product += newest[i] * earlier[i];
                energy += earlier[i] * earlier[i];
            }

            double score = product / Math.Sqrt(energy);
            if (score > bestScore)
            {
                bestScore = score;
                best = lag;
            }
        }

        return best;
    }
}
