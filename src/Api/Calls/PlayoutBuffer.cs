using VoiceOrdering.Media.Audio;

namespace VoiceOrdering.Api.Calls;

/// <summary>
/// The assistant's audio between the provider, which sends faster than it is to be played, and the leg, which pulls 20 ms at a time.
/// What was pulled counts as played. Written by the bridge's loop, read by the media thread; the lock is held for one copy.
/// Audio is kept as it came (no copy) and bounded by <see cref="CallSettings.PlayoutLimit"/>.
/// </summary>
internal sealed class PlayoutBuffer
{
    private readonly Lock _gate = new();
    private readonly Queue<Segment> _segments = new();
    private readonly AudioFormat _format;
    private readonly long _limitBytes;
    private IPlayoutListener? _listener;
    private Segment _head;
    private SpokenItem? _last;
    private long _bufferedBytes;
    private long _playedFrames;

    public PlayoutBuffer(AudioFormat format, TimeSpan limit)
    {
        _format = format;
        _limitBytes = (long)limit.TotalMilliseconds * format.BytesPerMs;
    }

    public AudioFormat Format => _format;

    /// <summary>Frames with audio handed to the leg since the beginning.</summary>
    public long PlayedFrames => Interlocked.Read(ref _playedFrames);

    /// <summary>Audio not yet played.</summary>
    public int BufferedMs
    {
        get
        {
            lock (_gate)
            {
                return (int)(_bufferedBytes / _format.BytesPerMs);
            }
        }
    }

    public void Listen(IPlayoutListener listener) => _listener = listener;

    /// <summary>Adds audio of an item. False when the limit is reached: the audio is not taken.</summary>
    public bool TryAppend(SpokenItem item, ReadOnlyMemory<byte> audio)
    {
        if (audio.IsEmpty)
        {
            return true;
        }

        lock (_gate)
        {
            if (_bufferedBytes + audio.Length > _limitBytes)
            {
                return false;
            }

            _segments.Enqueue(new Segment(item, audio));
            _last = item;
            _bufferedBytes += audio.Length;
            item.ReceivedBytes += audio.Length;
            return true;
        }
    }

    /// <summary>Says that no more audio of the item comes. True when all of it was already played: no notice follows.</summary>
    public bool Complete(SpokenItem item)
    {
        lock (_gate)
        {
            item.IsWhole = true;
            return item.PlayedBytes == item.ReceivedBytes;
        }
    }

    /// <summary>Milliseconds of the item received and played so far.</summary>
    public (double ReceivedMs, double PlayedMs) Measure(SpokenItem item)
    {
        lock (_gate)
        {
            return ((double)item.ReceivedBytes / _format.BytesPerMs, (double)item.PlayedBytes / _format.BytesPerMs);
        }
    }

    /// <summary>Throws away everything not yet played. The next pull finds silence: playout stops within one frame.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            _segments.Clear();
            _head = default;
            _bufferedBytes = 0;
        }
    }

    /// <summary>Fills one frame. False when there is nothing to play.</summary>
    public bool TryRead(Span<byte> frame)
    {
        SpokenItem? began = null;
        SpokenItem? played = null;
        lock (_gate)
        {
            if (_bufferedBytes == 0 || (_bufferedBytes < frame.Length && !IsEndingLocked()))
            {
                return false;
            }

            int filled = 0;
            while (filled < frame.Length && _bufferedBytes > 0)
            {
                if (_head.Audio.IsEmpty)
                {
                    _head = _segments.Dequeue();
                }

                SpokenItem item = _head.Item;
                if (!item.HasBegun)
                {
                    item.HasBegun = true;
                    began ??= item;
                }

                int taken = Math.Min(frame.Length - filled, _head.Audio.Length);
                _head.Audio.Span[..taken].CopyTo(frame[filled..]);
                _head = _head with { Audio = _head.Audio[taken..] };
                filled += taken;
                _bufferedBytes -= taken;
                item.PlayedBytes += taken;
                if (item.IsWhole && item.PlayedBytes == item.ReceivedBytes)
                {
                    // The next item begins with a frame of its own, so a frame ends at most one item.
                    played = item;
                    break;
                }
            }

            _format.FillSilence(frame[filled..]);
            _playedFrames++;
        }

        Notify(began, played);
        return true;
    }

    // Fewer bytes than a frame are played only when nothing will be added to them.
    private bool IsEndingLocked() => _last is { IsWhole: true };

    private void Notify(SpokenItem? began, SpokenItem? played)
    {
        if (began is not null)
        {
            _listener?.OnItemBegan(began);
        }

        if (played is not null)
        {
            _listener?.OnItemPlayed(played);
        }
    }

    private readonly record struct Segment(SpokenItem Item, ReadOnlyMemory<byte> Audio);
}
