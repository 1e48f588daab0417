using OrleansEmbedded.Invocation;

namespace OrleansEmbedded.Scheduling;

/// <summary>Calls that run, oldest first. Guarded by the lock of its queue.</summary>
internal struct RunningCalls
{
    private GrainCall? _last;

    public GrainCall? First { get; private set; }

    public readonly bool IsEmpty => First is null;

    public void Add(GrainCall call)
    {
        call.NextRunning = null;
        call.PreviousRunning = _last;
        if (_last is null)
        {
            First = call;
        }
        else
        {
            _last.NextRunning = call;
        }

        _last = call;
    }

    public void Remove(GrainCall call)
    {
        if (call.PreviousRunning is { } previous)
        {
            previous.NextRunning = call.NextRunning;
        }
        else
        {
            First = call.NextRunning;
        }

        if (call.NextRunning is { } next)
        {
            next.PreviousRunning = call.PreviousRunning;
        }
        else
        {
            _last = call.PreviousRunning;
        }

        call.NextRunning = null;
        call.PreviousRunning = null;
    }
}
