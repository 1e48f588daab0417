using Orleans.CodeGeneration;
using Orleans.Runtime;
using OrleansEmbedded.Activation;
using OrleansEmbedded.Invocation;

namespace OrleansEmbedded.Timers;

/// <summary>A timer of one activation. A tick is a call to the activation: it waits in line unless it may interleave.</summary>
internal sealed class GrainTimer : IGrainTimer
{
    private readonly GrainActivation _activation;
    private readonly Func<CancellationToken, Task> _callback;
    private readonly CancellationTokenSource _stopped = new();
    private readonly GrainMethod _tick;
    private readonly bool _keepAlive;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private TimeSpan _period;
    private bool _ticking;
    private bool _changed;
    private bool _disposed;

    public GrainTimer(GrainActivation activation, TimeProvider time, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        Check(options.DueTime, options.Period);
        _activation = activation;
        _callback = callback;
        _period = Period(options.Period);
        _keepAlive = options.KeepAlive;
        _tick = new GrainMethod(
            typeof(IGrainTimer), "Tick", options.Interleave ? InvokeMethodOptions.AlwaysInterleave : InvokeMethodOptions.None, Timeout.InfiniteTimeSpan, () => callback.Method);
        using (ExecutionContext.SuppressFlow())
        {
            _timer = time.CreateTimer(static state => ((GrainTimer)state!).OnDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        // From here on a deactivation on another thread can stop it, before its time has begun too.
        activation.Parts.AddTimer(this);
        lock (_gate)
        {
            if (!_disposed)
            {
                _timer.Change(options.DueTime, Timeout.InfiniteTimeSpan);
            }
        }
    }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Check(dueTime, period);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _period = Period(period);
            _changed = true;
            _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        if (TryStop())
        {
            _stopped.Cancel();
            _activation.ExistingParts?.RemoveTimer(this);
        }
    }

    /// <summary>Stops with the activation. What waits for the token hears of it in a turn of its own: the caller may hold locks.</summary>
    public void StopWithActivation()
    {
        if (TryStop())
        {
            _activation.EnqueueWork((Action)_stopped.Cancel);
        }
    }

    private bool TryStop()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return false;
            }

            _disposed = true;
        }

        _timer.Dispose();
        return true;
    }

    private static TimeSpan Period(TimeSpan period) => period == TimeSpan.Zero ? TimeSpan.FromMilliseconds(1) : period;

    private static void Check(TimeSpan dueTime, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, Timeout.InfiniteTimeSpan);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, Timeout.InfiniteTimeSpan);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dueTime.TotalMilliseconds, uint.MaxValue - 1.0, nameof(dueTime));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(period.TotalMilliseconds, uint.MaxValue - 1.0, nameof(period));
    }

    private void OnDue()
    {
        lock (_gate)
        {
            if (_disposed || _ticking)
            {
                return;
            }

            _ticking = true;
            _changed = false;
        }

        var call = new TickCall(this) { Reference = _activation.GrainReference };

        // A tick that is refused because the activation has too much to do is skipped; the next one comes.
        call.CreatePromise().ContinueWith(
            static (_, state) => ((GrainTimer)state!).Rearm(), this, CancellationToken.None, TaskContinuationOptions.NotOnRanToCompletion, TaskScheduler.Default);
        if (!_activation.TryEnqueue(call))
        {
            Dispose();
        }
    }

    private async Task TickAsync()
    {
        try
        {
            if (_stopped.IsCancellationRequested)
            {
                return;
            }

            await _callback(_stopped.Token);
        }
        catch (OperationCanceledException) when (_stopped.IsCancellationRequested)
        {
            // The timer was disposed while it ticked.
        }
        catch (Exception failure)
        {
            _activation.Silo.Log.TimerFailed(_activation.GrainId, failure);
        }
        finally
        {
            Rearm();
        }
    }

    private void Rearm()
    {
        lock (_gate)
        {
            _ticking = false;
            if (!_disposed && !_changed && _period != Timeout.InfiniteTimeSpan)
            {
                _timer.Change(_period, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private sealed class TickCall(GrainTimer timer) : PlainCall
    {
        public override GrainMethod Method => timer._tick;

        internal override bool StaysWithActivation => true;

        internal override bool CountsAsUse => timer._keepAlive;

        protected override Task Execute(object target) => timer.TickAsync();
    }
}
