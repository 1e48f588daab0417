using VoiceOrdering.Media.WebRtc;

namespace VoiceOrdering.Media.Transport;

/// <summary>
/// One thread that drives its share of the legs every 20 ms, with absolute deadlines so that no lateness adds up. The 20 ms are divided into slots
/// and a leg gets the emptiest one: hundreds of legs then do not wait for each other in one burst.
/// </summary>
internal sealed class Pacer : IDisposable
{
    private const int SlotCount = 10;
    private const int FrameMs = Audio.AudioFormat.FrameMs;

    // So far behind the machine is overloaded or was suspended; playing the missed ticks in a burst would help nobody.
    private const int GiveUpMs = 100;

    private readonly TimeProvider _time;
    private readonly PacerCounters _counters;
    private readonly MediaThreadPriority _priority;
    private readonly Thread _thread;
    private readonly Lock _lock = new();
    private readonly AutoResetEvent _wake = new(false);
    private readonly IPacedLeg[][] _slots = [.. Enumerable.Range(0, SlotCount).Select(_ => Array.Empty<IPacedLeg>())];
    private readonly List<TaskCompletionSource> _removals = [];
    private volatile bool _isStopping;
    private int _count;

    public Pacer(TimeProvider time, PacerCounters counters, MediaThreadPriority priority, int number)
    {
        _time = time;
        _counters = counters;
        _priority = priority;
        _thread = new Thread(Run) { IsBackground = true, Name = $"media-pacer-{number}" };
        _thread.Start();
    }

    /// <summary>Legs driven.</summary>
    public int Count => Volatile.Read(ref _count);

    public void Add(IPacedLeg leg)
    {
        lock (_lock)
        {
            int emptiest = 0;
            for (int i = 1; i < SlotCount; i++)
            {
                if (_slots[i].Length < _slots[emptiest].Length)
                {
                    emptiest = i;
                }
            }

            // Copied on write: the thread walks an array that never changes.
            Volatile.Write(ref _slots[emptiest], [.. _slots[emptiest], leg]);
            _count++;
        }

        _wake.Set();
    }

    /// <summary>Completes when no tick of the leg is running and none will follow; within about 20 ms.</summary>
    public Task RemoveAsync(IPacedLeg leg)
    {
        TaskCompletionSource removed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            for (int i = 0; i < SlotCount; i++)
            {
                int index = Array.IndexOf(_slots[i], leg);
                if (index >= 0)
                {
                    IPacedLeg[] rest = [.. _slots[i][..index], .. _slots[i][(index + 1)..]];
                    Volatile.Write(ref _slots[i], rest);
                    _count--;
                }
            }

            if (_isStopping && !_thread.IsAlive)
            {
                return Task.CompletedTask;
            }

            _removals.Add(removed);
        }

        _wake.Set();
        return removed.Task;
    }

    /// <summary>Stops the thread and waits for it.</summary>
    public void Dispose()
    {
        _isStopping = true;
        _wake.Set();
        _thread.Join();
        CompleteRemovals();
        _wake.Dispose();
    }

    private void Run()
    {
        MediaThread.Prefer(_priority);
        long frequency = _time.TimestampFrequency;
        long slotLength = frequency * FrameMs / 1000 / SlotCount;
        long next = _time.GetTimestamp();
        for (int slot = 0; !_isStopping; slot = (slot + 1) % SlotCount, next += slotLength)
        {
            CompleteRemovals();
            if (Count == 0)
            {
                _wake.WaitOne();
                next = _time.GetTimestamp();
            }

            IPacedLeg[] legs = Volatile.Read(ref _slots[slot]);
            if (legs.Length == 0)
            {
                continue;
            }

            PreciseWait.Wait(_time.GetElapsedTime(_time.GetTimestamp(), next));
            long late = _time.GetTimestamp() - next;
            _counters.NoteWake(late);
            if (late > frequency * GiveUpMs / 1000)
            {
                _counters.NoteGivenUp();
                next += late;
            }

            foreach (IPacedLeg leg in legs)
            {
                Tick(leg, next);
            }
        }
    }

    private static void Tick(IPacedLeg leg, long dueAt)
    {
        try
        {
            leg.Tick(dueAt);
        }
#pragma warning disable CA1031 // One leg's failure must not stop the thread that serves hundreds of others.
        catch (Exception e)
        {
            leg.OnTickFailed(e);
        }
#pragma warning restore CA1031
    }

    private void CompleteRemovals()
    {
        if (_removals.Count == 0)
        {
            return;
        }

        TaskCompletionSource[] done;
        lock (_lock)
        {
            done = [.. _removals];
            _removals.Clear();
        }

        foreach (TaskCompletionSource removed in done)
        {
            removed.SetResult();
        }
    }
}
