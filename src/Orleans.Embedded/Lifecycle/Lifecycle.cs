namespace Orleans;

/// <summary>Something with numbered stages to take part in.</summary>
public interface ILifecycleObservable
{
    /// <summary>Takes part in a stage. Starts run in rising order of stages, stops in falling order; one stage's observers run together.</summary>
    IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer);
}

/// <summary>Takes part in a stage.</summary>
public interface ILifecycleObserver
{
    /// <summary>Runs when the stage is reached on the way up.</summary>
    Task OnStart(CancellationToken cancellationToken = default);

    /// <summary>Runs when the stage is left on the way down.</summary>
    Task OnStop(CancellationToken cancellationToken = default);
}

/// <summary>A lifecycle that can be run.</summary>
public interface ILifecycleSubject : ILifecycleObservable, ILifecycleObserver;

/// <summary>A component that takes part in a lifecycle; found in the services when the lifecycle starts.</summary>
/// <typeparam name="TLifecycleObservable">The lifecycle.</typeparam>
public interface ILifecycleParticipant<TLifecycleObservable>
    where TLifecycleObservable : ILifecycleObservable
{
    /// <summary>Subscribes to the stages.</summary>
    void Participate(TLifecycleObservable lifecycle);
}
