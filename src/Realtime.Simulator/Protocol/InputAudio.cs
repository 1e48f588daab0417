using System.Buffers.Binary;
using VoiceOrdering.Media.Audio;
using VoiceOrdering.Realtime;
using VoiceOrdering.Realtime.Simulator.Models;

namespace VoiceOrdering.Realtime.Simulator.Protocol;

/// <summary>
/// The input buffer: decoded caller audio not yet committed, and the turn detection on it. Time is counted in audio appended, not in
/// wall time. Used under the session's gate.
/// </summary>
internal sealed class InputAudio(TimeProvider time, int maxBufferedSeconds)
{
    private const int MinimumCommitMs = 100;
    private const int KeepBeforeSpeechMs = 200;

    private readonly Queue<(long FirstSample, long Timestamp)> _arrivals = new();
    private short[] _samples = new short[24_000];
    private int _count;
    private long _first;
    private long _vadPosition;
    private long _turnStart;
    private double _msBeforeFormat;
    private RealtimeAudioFormat _format = RealtimeAudioFormat.Pcm24k;
    private TurnDetection _turns = new TurnDetection.Manual();
    private EnergyVad? _vad;

    /// <summary>Milliseconds of all audio ever appended.</summary>
    public int TotalMs => (int)(_msBeforeFormat + (_first + _count) * 1000.0 / Rate);

    public bool IsSpeaking => _vad is { IsSpeaking: true };

    private int Rate => _format.SampleRateHz();

    /// <summary>Follows the session's settings; another format forgets what is buffered, as its samples would be noise.</summary>
    public void Configure(RealtimeAudioFormat format, TurnDetection turns)
    {
        if (format != _format)
        {
            _msBeforeFormat = TotalMs;
            _format = format;
            _first = _vadPosition = 0;
            _count = 0;
            _arrivals.Clear();
            _vad?.Reset();
        }

        if (turns != _turns)
        {
            _turns = turns;
            _vad = turns is TurnDetection.Manual ? null : new EnergyVad(turns);
            _vadPosition = _first + _count;
        }
    }

    /// <summary>Takes audio in the session's format.</summary>
    public void Append(ReadOnlySpan<byte> audio)
    {
        var samples = _format == RealtimeAudioFormat.Pcm24k ? audio.Length / 2 : audio.Length;
        Reserve(samples);
        Decode(_format, audio, _samples.AsSpan(_count, samples));
        _arrivals.Enqueue((_first + _count, time.GetTimestamp()));
        _count += samples;
    }

    /// <summary>Runs turn detection over what is new up to the next change.</summary>
    public VadChange Detect()
    {
        if (_vad is null)
        {
            return VadChange.None;
        }

        var frame = Rate / 1000 * EnergyVad.FrameMs;
        while (_first + _count - _vadPosition >= frame)
        {
            var change = _vad.Process(_samples.AsSpan((int)(_vadPosition - _first), frame));
            _vadPosition += frame;
            if (change == VadChange.Started)
            {
                var lead = (long)(EnergyVad.OnsetMs + _vad.PrefixPaddingMs) * Rate / 1000;
                _turnStart = Math.Max(_first, _vadPosition - lead);
            }

            if (change != VadChange.None)
            {
                return change;
            }
        }

        if (!_vad.IsSpeaking)
        {
            Forget(_vadPosition - (long)(_vad.PrefixPaddingMs + KeepBeforeSpeechMs) * Rate / 1000);
        }

        return VadChange.None;
    }

    /// <summary>Start of the turn just begun, in milliseconds of all audio.</summary>
    public int TurnStartMs => (int)(_msBeforeFormat + _turnStart * 1000.0 / Rate);

    /// <summary>Where turn detection stands, in milliseconds of all audio.</summary>
    public int DetectedMs => (int)(_msBeforeFormat + _vadPosition * 1000.0 / Rate);

    /// <summary>Takes the turn that detection has just ended.</summary>
    public UserAudio TakeTurn(string itemId) => Take(itemId, _turnStart, _vadPosition);

    /// <summary>Takes everything buffered.</summary>
    /// <exception cref="ProtocolException">Less than 100 ms.</exception>
    public UserAudio TakeAll(string itemId)
    {
        var ms = _count * 1000.0 / Rate;
        if (ms < MinimumCommitMs)
        {
            throw new ProtocolException(new ProtocolError(
                "input_audio_buffer_commit_empty",
                FormattableString.Invariant($"Error committing input audio buffer: buffer too small. Expected at least 100ms of audio, but buffer only has {ms:0.00}ms of audio.")));
        }

        _vad?.Reset();
        return Take(itemId, _first, _first + _count);
    }

    public void Clear()
    {
        Forget(_first + _count);
        _vadPosition = _first;
        _vad?.Reset();
    }

    /// <summary>Decodes a whole clip, for audio that comes as an item.</summary>
    public static short[] Decode(RealtimeAudioFormat format, ReadOnlySpan<byte> audio)
    {
        var samples = new short[format == RealtimeAudioFormat.Pcm24k ? audio.Length / 2 : audio.Length];
        Decode(format, audio, samples);
        return samples;
    }

    private static void Decode(RealtimeAudioFormat format, ReadOnlySpan<byte> audio, Span<short> samples)
    {
        switch (format)
        {
            case RealtimeAudioFormat.Pcmu:
                G711.DecodeMuLaw(audio, samples);
                break;
            case RealtimeAudioFormat.Pcma:
                G711.DecodeALaw(audio, samples);
                break;
            default:
                for (var i = 0; i < samples.Length; i++)
                {
                    samples[i] = BinaryPrimitives.ReadInt16LittleEndian(audio[(i * 2)..]);
                }

                break;
        }
    }

    private UserAudio Take(string itemId, long from, long to)
    {
        var samples = _samples.AsSpan((int)(from - _first), (int)(to - from)).ToArray();
        var taken = new UserAudio
        {
            ItemId = itemId,
            Samples = samples,
            SampleRateHz = Rate,
            Format = _format,
            StartMs = (int)(_msBeforeFormat + from * 1000.0 / Rate),
            Integrity = IntegrityCheck.Measure(samples, Rate, ArrivalLagMs(from, to)),
        };
        Forget(to);
        _vadPosition = Math.Max(_vadPosition, _first);
        return taken;
    }

    private int ArrivalLagMs(long from, long to)
    {
        var inside = _arrivals.Where(arrival => arrival.FirstSample >= from && arrival.FirstSample < to).ToList();
        if (inside.Count < 2)
        {
            return 0;
        }

        var audioMs = (inside[^1].FirstSample - inside[0].FirstSample) * 1000.0 / Rate;
        return (int)(time.GetElapsedTime(inside[0].Timestamp, inside[^1].Timestamp).TotalMilliseconds - audioMs);
    }

    private void Reserve(int samples)
    {
        var limit = maxBufferedSeconds * Rate;
        if (_count + samples > limit)
        {
            Forget(_first + _count + samples - limit);
            _vadPosition = Math.Max(_vadPosition, _first);
            _turnStart = Math.Max(_turnStart, _first);
        }

        if (_count + samples > _samples.Length)
        {
            Array.Resize(ref _samples, Math.Max(_samples.Length * 2, _count + samples));
        }
    }

    private void Forget(long before)
    {
        var dropped = (int)Math.Clamp(before - _first, 0, _count);
        if (dropped == 0)
        {
            return;
        }

        Array.Copy(_samples, dropped, _samples, 0, _count - dropped);
        _first += dropped;
        _count -= dropped;
        while (_arrivals.TryPeek(out var oldest) && oldest.FirstSample < _first)
        {
            _arrivals.Dequeue();
        }
    }
}
