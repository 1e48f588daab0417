using System.Globalization;
using System.Threading.Channels;
using VoiceOrdering.Identity;
using VoiceOrdering.Sessions;

namespace VoiceOrdering.Api.Events;

/// <summary>
/// Feeds a stream with a session's events, each kept one exactly once and in order. It subscribes first and reads the backlog with the answer, so nothing falls
/// between; notices are at most once, so a hole in the sequence, and every renewal of the lease, reads what is missing.
/// </summary>
internal sealed class SessionFeed : ISessionObserver, IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly IGrainFactory _grains;
    private readonly ISessionGrain _session;
    private readonly Caller _caller;
    private readonly EventStream _stream;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _renewal;
    private readonly ILogger _logger;
    private readonly Channel<bool> _behind = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private List<SessionEvent>? _early = [];
    private long _last;
    private ISessionObserver? _reference;
    private Task _renewing = Task.CompletedTask;

    public SessionFeed(IGrainFactory grains, SessionId session, Caller caller, EventStream stream, FeedTiming timing)
    {
        _grains = grains;
        _session = grains.GetGrain<ISessionGrain>(session.Value);
        _caller = caller;
        _stream = stream;
        (_clock, _renewal, _logger) = timing;
    }

    /// <summary>Subscribes and hands over what was missed after <paramref name="afterSequence"/>; a refusal when the session is not the caller's.</summary>
    public async Task<Refusal?> StartAsync(long afterSequence)
    {
        if (afterSequence > 0)
        {
            // An id from another session or another database must not make every later event look old.
            var view = await _session.ViewAsync(_caller);
            if (!view.IsOk)
            {
                return view.Refusal;
            }

            afterSequence = Math.Min(afterSequence, view.Value.LastSequence);
        }

        _last = afterSequence;
        _reference = _grains.CreateObjectReference<ISessionObserver>(this);
        var backlog = await _session.SubscribeAsync(_caller, _reference, afterSequence);
        if (!backlog.IsOk)
        {
            return backlog.Refusal;
        }

        Accept(backlog.Value);
        _renewing = RenewAsync();
        return null;
    }

    /// <inheritdoc/>
    public Task OnEventAsync(SessionEvent sessionEvent)
    {
        lock (_gate)
        {
            if (_early is not null)
            {
                _early.Add(sessionEvent);
            }
            else
            {
                Deliver(sessionEvent);
            }
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_reference is null)
        {
            return;
        }

        _stream.End(StreamEnd.SourceEnded);
        await _renewing;
        try
        {
            await _session.UnsubscribeAsync(_reference);
        }
        catch (Exception exception)
        {
            // The lease ends by itself.
            _logger.LogDebug(exception, "A session listener could not be taken off");
        }

        _grains.DeleteObjectReference<ISessionObserver>(_reference);
    }

    private void Accept(EventBacklog backlog)
    {
        lock (_gate)
        {
            if (backlog.Truncated)
            {
                _stream.AddKept(new StreamEvent(SessionEventNames.Error, """{"code":"EVENTS_TRUNCATED","message":"Earlier events are no longer kept; read the session again.","retriable":true}""", null));
                _last = backlog.Events.Count > 0 ? backlog.Events[0].Sequence - 1 : _last;
            }

            foreach (var kept in backlog.Events.Where(kept => kept.Sequence > _last))
            {
                _stream.AddKept(ToStream(kept));
                _last = kept.Sequence;
            }

            foreach (var early in Interlocked.Exchange(ref _early, null) ?? [])
            {
                Deliver(early);
            }
        }
    }

    private void Deliver(SessionEvent sessionEvent)
    {
        if (sessionEvent.Sequence == 0)
        {
            Send(sessionEvent);
        }
        else if (sessionEvent.Sequence == _last + 1)
        {
            Send(sessionEvent);
            _last = sessionEvent.Sequence;
        }
        else if (sessionEvent.Sequence > _last)
        {
            _behind.Writer.TryWrite(true);
        }
    }

    private void Send(SessionEvent sessionEvent) => _stream.Add(ToStream(sessionEvent));

    private static StreamEvent ToStream(SessionEvent sessionEvent) => new(
        sessionEvent.Name,
        SessionEventWire.DataOf(sessionEvent),
        sessionEvent.Sequence == 0 ? null : sessionEvent.Sequence.ToString(CultureInfo.InvariantCulture));

    private async Task RenewAsync()
    {
        while (!_stream.Ended.IsCancellationRequested)
        {
            try
            {
                await _behind.Reader.ReadAsync(_stream.Ended).AsTask().WaitAsync(_renewal, _clock, _stream.Ended);
            }
            catch (TimeoutException)
            {
            }
            catch (OperationCanceledException)
            {
                return;
            }

            try
            {
                var backlog = await _session.SubscribeAsync(_caller, _reference!, Interlocked.Read(ref _last));
                if (!backlog.IsOk)
                {
                    _stream.End(StreamEnd.SourceEnded);
                    return;
                }

                Accept(backlog.Value);
            }
            catch (Exception exception)
            {
                // The client comes back with Last-Event-ID; a stream that may have holes is worse than none.
                _logger.LogWarning(exception, "A session's event stream lost its source");
                _stream.End(StreamEnd.Fault);
            }
        }
    }
}
