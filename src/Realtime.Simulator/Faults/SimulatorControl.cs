using System.Collections.Concurrent;
using VoiceOrdering.Realtime.Simulator.Protocol;

namespace VoiceOrdering.Realtime.Simulator.Faults;

/// <summary>The operator's hand in a running simulator: faults for all or one session, and what is open. Safe for concurrent use.</summary>
public sealed class SimulatorControl
{
    private readonly ConcurrentDictionary<string, SimulatedSession> _sessions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SimulatorFaults> _faultsBySession = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private SimulatorFaults _faults = SimulatorFaults.None;
    private long _opened;

    /// <summary>Faults of all sessions without their own. A change acts at once, but for the ages at which a session ends: those are read when it opens.</summary>
    public SimulatorFaults Faults
    {
        get
        {
            lock (_gate)
            {
                return _faults;
            }
        }

        set
        {
            ArgumentNullException.ThrowIfNull(value);
            lock (_gate)
            {
                _faults = value;
            }
        }
    }

    /// <summary>Ids of the open sessions, oldest first is not promised.</summary>
    public IReadOnlyCollection<string> SessionIds => [.. _sessions.Keys];

    /// <summary>Sessions opened since the start.</summary>
    public long SessionsOpened => Interlocked.Read(ref _opened);

    /// <summary>Gives one session its own faults; null takes them away.</summary>
    public void SetFaults(string sessionId, SimulatorFaults? faults)
    {
        if (faults is null)
        {
            _faultsBySession.TryRemove(sessionId, out _);
        }
        else
        {
            _faultsBySession[sessionId] = faults;
        }
    }

    /// <summary>Closes a session now with a close frame; false when there is none with this id.</summary>
    public bool TryClose(string sessionId, int closeCode, string reason)
    {
        if (!_sessions.TryGetValue(sessionId, out var session))
        {
            return false;
        }

        session.CloseByFault(closeCode, reason);
        return true;
    }

    /// <summary>Ends a session now as at its cap (<c>session_expired</c>, then 1001); false when there is none with this id.</summary>
    public bool TryExpire(string sessionId)
    {
        if (!_sessions.TryGetValue(sessionId, out var session))
        {
            return false;
        }

        session.Expire();
        return true;
    }

    /// <summary>Lets a stalled session send again; false when there is none with this id.</summary>
    public bool TryResume(string sessionId)
    {
        if (!_sessions.TryGetValue(sessionId, out var session))
        {
            return false;
        }

        session.Resume();
        return true;
    }

    internal int OpenCount => _sessions.Count;

    internal SimulatorFaults For(string sessionId) => _faultsBySession.GetValueOrDefault(sessionId) ?? Faults;

    /// <summary>Takes one of the "next N" faults, atomically; false when none is left.</summary>
    internal bool TryTake(string sessionId, Func<SimulatorFaults, int> left, Func<SimulatorFaults, int, SimulatorFaults> with)
    {
        lock (_gate)
        {
            var hasOwn = _faultsBySession.TryGetValue(sessionId, out var own);
            var faults = own ?? _faults;
            var count = left(faults);
            if (count <= 0)
            {
                return false;
            }

            faults = with(faults, count - 1);
            if (hasOwn)
            {
                _faultsBySession[sessionId] = faults;
            }
            else
            {
                _faults = faults;
            }

            return true;
        }
    }

    internal void Add(SimulatedSession session)
    {
        Interlocked.Increment(ref _opened);
        _sessions[session.Id] = session;
    }

    internal void Remove(string sessionId)
    {
        _sessions.TryRemove(sessionId, out _);
        _faultsBySession.TryRemove(sessionId, out _);
    }
}
