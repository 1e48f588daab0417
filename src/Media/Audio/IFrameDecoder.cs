namespace VoiceOrdering.Media.Audio;

/// <summary>Turns payloads of one codec into bytes of the leg's format. Used by one thread.</summary>
internal interface IFrameDecoder : IDisposable
{
    /// <summary>Most bytes one payload can give.</summary>
    int MaxBytes { get; }

    /// <summary>Decodes a payload of any duration; returns bytes written, 0 when it is not decodable.</summary>
    int Decode(ReadOnlySpan<byte> payload, Span<byte> output);

    /// <summary>Whether the payload can rebuild the frame before it.</summary>
    bool CanRecover(ReadOnlySpan<byte> following);

    /// <summary>Rebuilds the frame before this payload.</summary>
    int Recover(ReadOnlySpan<byte> following, Span<byte> output);

    /// <summary>Makes up one frame; <paramref name="sinceSpeech"/> counts the frames made up in a row, from 0.</summary>
    int Conceal(Span<byte> output, int sinceSpeech);
}

/// <summary>Turns 20 ms of the leg's format into a payload. Used by one thread.</summary>
internal interface IFrameEncoder : IDisposable
{
    /// <summary>Most bytes a payload has.</summary>
    int MaxBytes { get; }

    int Encode(ReadOnlySpan<byte> frame, Span<byte> payload);

    /// <summary>The payload of one frame of silence, without the cost of encoding it.</summary>
    int EncodeSilence(Span<byte> payload);

    /// <summary>Tells which part of the packets is being lost, 0 to 1.</summary>
    void AdaptToLoss(double fraction);
}
