namespace Orleans.Runtime;

/// <summary>A timer of an activation. Disposing it stops further ticks; a running tick finishes.</summary>
public interface IGrainTimer : IDisposable
{
    /// <summary>Sets when the next tick comes and the time between ticks; <see cref="Timeout.InfiniteTimeSpan"/> means never.</summary>
    void Change(TimeSpan dueTime, TimeSpan period);
}
