namespace VoiceOrdering.TestKit.Time;

/// <summary>
/// Runs everything that code under test awaits on the test's own thread, in order, when told to: a conversation of many tasks becomes
/// one sequence that is the same in every run. Install it before the code under test starts; code that leaves the context
/// (<c>ConfigureAwait(false)</c>, <c>Task.Run</c>) escapes it.
/// </summary>
public sealed class SingleThreadStage : SynchronizationContext, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _posted = new();
    private readonly SynchronizationContext? _before = Current;

    /// <summary>Becomes the context of the present thread until disposed.</summary>
    public SingleThreadStage() => SetSynchronizationContext(this);

    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_gate)
        {
            _posted.Enqueue((d, state));
        }
    }

    /// <summary>Runs what is waiting, and what that makes wait, until nothing is left.</summary>
    /// <exception cref="InvalidOperationException">More than a million steps: the code under test goes in circles.</exception>
    public void RunUntilIdle()
    {
        for (int step = 0; step < 1_000_000; step++)
        {
            (SendOrPostCallback Callback, object? State) next;
            lock (_gate)
            {
                if (!_posted.TryDequeue(out next))
                {
                    return;
                }
            }

            next.Callback(next.State);
        }

        throw new InvalidOperationException("The code under test goes in circles.");
    }

    /// <inheritdoc/>
    public void Dispose() => SetSynchronizationContext(_before);
}
