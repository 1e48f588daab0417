using System.Threading.Channels;

namespace VoiceOrdering.Api.Calls;

/// <summary>
/// Everything a bridge's loop is told, in order. Provider events may wait up to their own limit and hold their sender back;
/// the others (leg, playout, tools, turns) are few by nature and never wait, so provider events cannot crowd them out.
/// </summary>
internal sealed class BridgeMailbox : IDisposable
{
    private const int ShareOfOthers = 256;

    private readonly Channel<BridgeInput> _channel;
    private readonly SemaphoreSlim _eventRoom;
    private readonly CancellationTokenSource _closed = new();
    private readonly TimeProvider _time;
    private int _overflowed;

    private BridgeMailbox(int maxPendingEvents, TimeProvider time)
    {
        _time = time;
        Closed = _closed.Token;
        _eventRoom = new SemaphoreSlim(maxPendingEvents, maxPendingEvents);
        _channel = Channel.CreateBounded<BridgeInput>(new BoundedChannelOptions(maxPendingEvents + ShareOfOthers) { SingleReader = true });
    }

    public ChannelReader<BridgeInput> Reader => _channel.Reader;

    /// <summary>Cancelled when the call is over: what works for it stops.</summary>
    public CancellationToken Closed { get; }

    /// <summary>An input was lost because the loop is far behind: the call cannot go on.</summary>
    public bool HasOverflowed => Volatile.Read(ref _overflowed) != 0;

    /// <summary>A new mailbox; whoever opens it disposes it when the call's last task has ended.</summary>
    public static BridgeMailbox Open(int maxPendingEvents, TimeProvider time) => new(maxPendingEvents, time);

    /// <summary>Tells the loop something; never waits. False: lost (and <see cref="HasOverflowed"/> set) when the mailbox is full or closed.</summary>
    public bool Tell(BridgeInputKind kind, object? payload = null, int generation = 0)
    {
        if (_channel.Writer.TryWrite(new BridgeInput(kind, payload, generation, _time.GetTimestamp())))
        {
            return true;
        }

        Volatile.Write(ref _overflowed, 1);
        return false;
    }

    /// <summary>Tells the loop of a provider event; waits while too many are pending.</summary>
    public async ValueTask TellEventAsync(object providerEvent, int generation)
    {
        long timestamp = _time.GetTimestamp();
        await _eventRoom.WaitAsync(Closed);
        if (!_channel.Writer.TryWrite(new BridgeInput(BridgeInputKind.ProviderEvent, providerEvent, generation, timestamp)))
        {
            _eventRoom.Release();
        }
    }

    /// <summary>To be called by the loop after each provider event.</summary>
    public void FreeEventRoom() => _eventRoom.Release();

    /// <summary>The call is over: nothing more is taken.</summary>
    public void Close()
    {
        _channel.Writer.TryComplete();
        _closed.Cancel();
    }

    public void Dispose()
    {
        _closed.Dispose();
        _eventRoom.Dispose();
    }
}
