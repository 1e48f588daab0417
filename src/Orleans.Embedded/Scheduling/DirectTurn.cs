using OrleansEmbedded.Hosting;
using OrleansEmbedded.Invocation;

namespace OrleansEmbedded.Scheduling;

/// <summary>A call that starts on its caller's thread: the turn is taken, the caller's flow of values put aside and brought back.</summary>
internal readonly struct DirectTurn
{
    private readonly TurnFrame _frame;
    private readonly ExecutionContext? _flow;
    private readonly long _beganAtMs;
    private readonly long _sentAt;

    private DirectTurn(TurnFrame frame, ExecutionContext? flow, CallStatistics calls)
    {
        _frame = frame;
        _flow = flow;
        _beganAtMs = Environment.TickCount64;
        _sentAt = calls.Now;
    }

    /// <summary>The queue whose turn called; null outside turns.</summary>
    public TurnQueue? Source => _frame.Previous;

    public static DirectTurn Begin(TurnQueue queue, GrainCall call)
    {
        var values = CallContext.Current;
        var flow = ExecutionContext.Capture();
        DirectBudget.Enter();
        var frame = queue.EnterTurn();
        if (!ReferenceEquals(flow, CleanFlow.Context))
        {
            ExecutionContext.Restore(CleanFlow.Context);
            if (values is not null)
            {
                CallContext.Current = values;
            }
        }

        return new DirectTurn(frame, flow, call.Node.Calls);
    }

    public void End(TurnQueue queue, GrainCall call, bool finished)
    {
        TurnQueue.ExitTurn(_frame);
        DirectBudget.Leave();
        if (_flow is not null)
        {
            ExecutionContext.Restore(_flow);
        }

        queue.LeaveDirect(finished ? call : null);
        if (finished)
        {
            call.Node.Calls.Answered(_sentAt);
        }
        else
        {
            call.SentAt = _sentAt;
        }

        // The coarse clock is nearly free; one step of it is enough to see a first turn that is too slow for its caller's thread.
        if (Environment.TickCount64 - _beganAtMs > 2)
        {
            call.Method.Bar();
        }
    }
}
