using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace VoiceOrdering.Realtime.OpenAi;

/// <summary>
/// The reading end of the event queue. A bounded channel would have no room left for the closing event when nobody reads; here the
/// bound is a gate that the writer passes for every event but the last.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A SemaphoreSlim without a wait handle holds nothing to release; the reader outlives the session.")]
internal sealed class GatedReader : ChannelReader<RealtimeEvent>
{
    private readonly Channel<RealtimeEvent> _events = Channel.CreateUnbounded<RealtimeEvent>(
        new UnboundedChannelOptions { SingleWriter = true });

    private readonly SemaphoreSlim _room;

    public GatedReader(int capacity) => _room = new SemaphoreSlim(capacity, capacity + 1);

    public override Task Completion => _events.Reader.Completion;

    public override bool CanCount => _events.Reader.CanCount;

    public override int Count => _events.Reader.Count;

    public override bool CanPeek => _events.Reader.CanPeek;

    public async ValueTask WriteAsync(RealtimeEvent happened, CancellationToken cancellationToken)
    {
        await _room.WaitAsync(cancellationToken);
        _events.Writer.TryWrite(happened);
    }

    public void WriteLast(SessionClosed closed)
    {
        _events.Writer.TryWrite(closed);
        _events.Writer.TryComplete();
    }

    public override bool TryRead([MaybeNullWhen(false)] out RealtimeEvent item)
    {
        if (!_events.Reader.TryRead(out item))
        {
            return false;
        }

        if (item is not SessionClosed)
        {
            _room.Release();
        }

        return true;
    }

    public override bool TryPeek([MaybeNullWhen(false)] out RealtimeEvent item) => _events.Reader.TryPeek(out item);

    public override ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default) =>
        _events.Reader.WaitToReadAsync(cancellationToken);
}
