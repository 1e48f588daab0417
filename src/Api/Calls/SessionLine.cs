using System.Threading.Channels;
using VoiceOrdering.Sessions;

namespace VoiceOrdering.Api.Calls;

/// <summary>
/// The bridge's line to its session grain: notices are delivered one after the other in the order they were posted, so that words,
/// turns and phases reach the listeners in the order they happened. Notices that must not be lost are tried again; live ones
/// (deltas, turn marks) are dropped when the line is half full.
/// </summary>
internal sealed class SessionLine
{
    private const int Attempts = 4;
    private static readonly TimeSpan s_firstWait = TimeSpan.FromMilliseconds(100);

    private readonly Channel<Notice> _notices;
    private readonly ISessionGrain _grain;
    private readonly CallContext _context;
    private readonly int _limit;
    private readonly Action<string> _refused;
    private Task _delivery = Task.CompletedTask;
    private int _dropped;
    private int _lost;

    /// <summary>Makes a line; <paramref name="refused"/> hears the code when the grain refuses a signal.</summary>
    public SessionLine(CallContext context, Action<string> refused)
    {
        _context = context;
        _grain = context.Grain;
        _refused = refused;
        _limit = context.Settings.MaxPendingNotices;
        _notices = Channel.CreateBounded<Notice>(new BoundedChannelOptions(_limit) { SingleReader = true });
    }

    /// <summary>Live notices dropped.</summary>
    public int Dropped => Volatile.Read(ref _dropped);

    /// <summary>Notices that could not be delivered.</summary>
    public int Lost => Volatile.Read(ref _lost);

    public void Start() => _delivery = DeliverAsync();

    /// <summary>A live event: passed on, not kept.</summary>
    public void Relay(string eventName, object data)
    {
        if (_notices.Reader.Count >= _limit / 2)
        {
            Interlocked.Increment(ref _dropped);
            _context.Metrics.LimitReached("pending_notices");
            return;
        }

        string json = Json.WireJson.Write(data);
        Post(new Notice(false, grain => grain.RelayAsync(_context.BridgeId, eventName, json)));
    }

    /// <summary>An event to be kept.</summary>
    public void Publish(string eventName, object data)
    {
        string json = Json.WireJson.Write(data);
        Post(new Notice(true, grain => grain.PublishAsync(_context.BridgeId, eventName, json)));
    }

    /// <summary>A finished turn.</summary>
    public void Record(TurnRecord turn) => Post(new Notice(true, grain => grain.RecordTurnAsync(_context.BridgeId, turn)));

    /// <summary>A change of leg or provider.</summary>
    public void Signal(SessionSignal signal, string reason) => Post(new Notice(true, async grain =>
    {
        Outcome<SessionPhaseView> outcome = await grain.SignalAsync(_context.BridgeId, signal, reason);
        if (!outcome.IsOk)
        {
            _refused(outcome.Refusal.Code);
        }
    }));

    /// <summary>Ends the session for good.</summary>
    public void End(string reason) => Post(new Notice(true, grain => grain.EndAsync(_context.Caller, reason)));

    /// <summary>Completes when everything posted until now was delivered or given up.</summary>
    public Task ReachedAsync()
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bool isPosted = _notices.Writer.TryWrite(new Notice(false, _ =>
        {
            reached.SetResult();
            return Task.CompletedTask;
        }));
        return isPosted ? reached.Task : Task.CompletedTask;
    }

    /// <summary>Takes nothing more and completes when everything posted was delivered or given up.</summary>
    public Task CompleteAsync()
    {
        _notices.Writer.TryComplete();
        return _delivery;
    }

    private void Post(Notice notice)
    {
        if (!_notices.Writer.TryWrite(notice))
        {
            Interlocked.Increment(ref _lost);
            _context.Metrics.LimitReached("pending_notices");
        }
    }

    private async Task DeliverAsync()
    {
        while (await _notices.Reader.WaitToReadAsync())
        {
            while (_notices.Reader.TryRead(out Notice notice))
            {
                await DeliverAsync(notice);
            }
        }
    }

    private async Task DeliverAsync(Notice notice)
    {
        TimeSpan wait = s_firstWait;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await notice.Send(_grain);
                return;
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                if (!notice.MustArrive || attempt == Attempts)
                {
                    Interlocked.Increment(ref _lost);
                    _context.Metrics.VoiceError("SESSION_UNREACHABLE");
                    CallLog.NoticeLost(_context.Logger, attempt, exception);
                    return;
                }
            }

            await Task.Delay(wait, _context.Time);
            wait *= 4;
        }
    }

    private readonly record struct Notice(bool MustArrive, Func<ISessionGrain, Task> Send);
}
