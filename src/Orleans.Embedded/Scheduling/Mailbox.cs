using OrleansEmbedded.Invocation;

namespace OrleansEmbedded.Scheduling;

/// <summary>Calls that wait, in the order they came. Guarded by the lock of its queue.</summary>
internal struct Mailbox
{
    private GrainCall? _last;

    public GrainCall? First { get; private set; }

    public int Count { get; private set; }

    /// <summary>How many of them could start beside another call.</summary>
    public int Interleavers { get; private set; }

    public readonly bool IsEmpty => First is null;

    public void Add(GrainCall call)
    {
        call.NextWaiting = null;
        if (_last is null)
        {
            First = call;
        }
        else
        {
            _last.NextWaiting = call;
        }

        _last = call;
        Count++;
        Interleavers += call.CanInterleave ? 1 : 0;
    }

    public void Remove(GrainCall? previous, GrainCall call)
    {
        if (previous is null)
        {
            First = call.NextWaiting;
        }
        else
        {
            previous.NextWaiting = call.NextWaiting;
        }

        if (ReferenceEquals(_last, call))
        {
            _last = previous;
        }

        call.NextWaiting = null;
        Count--;
        Interleavers -= call.CanInterleave ? 1 : 0;
    }

    /// <summary>Takes all out, linked by <see cref="GrainCall.NextWaiting"/>.</summary>
    public GrainCall? TakeAll()
    {
        var first = First;
        this = default;
        return first;
    }
}
