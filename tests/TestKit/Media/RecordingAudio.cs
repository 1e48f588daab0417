using System.Runtime.InteropServices;
using VoiceOrdering.Media.Audio;
using VoiceOrdering.Media.Legs;

namespace VoiceOrdering.TestKit.Media;

/// <summary>The bridge's side of a leg for tests: records what the caller says, plays what it is given, in a loop.</summary>
public sealed class RecordingAudio : ILegAudio
{
    private readonly AudioFormat _format;
    private readonly byte[] _playout;
    private readonly Lock _lock = new();
    private readonly List<short> _heard = [];
    private readonly List<short> _said = [];
    private readonly List<CallerFrame> _frames = [];
    private readonly List<(Func<bool> IsReached, TaskCompletionSource Reached)> _waiting = [];
    private int _position;
    private int _speechFrames;

    /// <summary>Plays these samples, at the format's rate; an empty array plays nothing.</summary>
    public RecordingAudio(AudioFormat format, short[] playout)
    {
        _format = format;
        _playout = Encode(format, playout);
    }

    /// <summary>Whether frames are supplied; may be changed at any time.</summary>
    public bool IsPlaying { get; set; } = true;

    /// <summary>All frames so far.</summary>
    public IReadOnlyList<CallerFrame> Frames
    {
        get
        {
            lock (_lock)
            {
                return [.. _frames];
            }
        }
    }

    /// <summary>All samples so far, at the format's rate.</summary>
    public short[] Heard
    {
        get
        {
            lock (_lock)
            {
                return [.. _heard];
            }
        }
    }

    /// <summary>The samples that are really the caller's, without concealment and silence.</summary>
    public short[] Said
    {
        get
        {
            lock (_lock)
            {
                return [.. _said];
            }
        }
    }

    /// <summary>Completes when so many frames of real speech have come since the beginning.</summary>
    public Task SpeechFramesAsync(int count) => WhenAsync(() => _speechFrames >= count);

    /// <summary>Completes when so many frames of any kind have come since the beginning.</summary>
    public Task FramesAsync(int count) => WhenAsync(() => _frames.Count >= count);

    /// <inheritdoc/>
    public void OnCallerFrame(ReadOnlySpan<byte> frame, in CallerFrame info)
    {
        lock (_lock)
        {
            _frames.Add(info);
            short[] samples = Decode(_format, frame);
            _heard.AddRange(samples);
            if (info.Kind == CallerFrameKind.Speech)
            {
                _said.AddRange(samples);
                _speechFrames++;
            }

            foreach ((Func<bool> isReached, TaskCompletionSource reached) in _waiting)
            {
                if (isReached())
                {
                    reached.TrySetResult();
                }
            }
        }
    }

    /// <inheritdoc/>
    public bool TryReadPlayout(Span<byte> frame)
    {
        if (!IsPlaying || _playout.Length < frame.Length)
        {
            return false;
        }

        if (_position + frame.Length > _playout.Length)
        {
            _position = 0;
        }

        _playout.AsSpan(_position, frame.Length).CopyTo(frame);
        _position += frame.Length;
        return true;
    }

    private Task WhenAsync(Func<bool> isReached)
    {
        lock (_lock)
        {
            TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (isReached())
            {
                reached.SetResult();
            }
            else
            {
                _waiting.Add((isReached, reached));
            }

            return reached.Task;
        }
    }

    /// <summary>Bytes of a format to samples at its rate.</summary>
    public static short[] Decode(AudioFormat format, ReadOnlySpan<byte> bytes)
    {
        short[] samples = new short[bytes.Length / format.BytesPerSample];
        switch (format.Encoding)
        {
            case AudioEncoding.Pcmu:
                G711.DecodeMuLaw(bytes, samples);
                break;
            case AudioEncoding.Pcma:
                G711.DecodeALaw(bytes, samples);
                break;
            default:
                MemoryMarshal.Cast<byte, short>(bytes).CopyTo(samples);
                break;
        }

        return samples;
    }

    /// <summary>Samples at a format's rate to its bytes.</summary>
    public static byte[] Encode(AudioFormat format, ReadOnlySpan<short> samples)
    {
        byte[] bytes = new byte[samples.Length * format.BytesPerSample];
        switch (format.Encoding)
        {
            case AudioEncoding.Pcmu:
                G711.EncodeMuLaw(samples, bytes);
                break;
            case AudioEncoding.Pcma:
                G711.EncodeALaw(samples, bytes);
                break;
            default:
                MemoryMarshal.AsBytes(samples).CopyTo(bytes);
                break;
        }

        return bytes;
    }
}
