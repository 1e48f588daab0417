namespace Orleans.Runtime;

/// <summary>The lifecycle of an activation.</summary>
public interface IGrainLifecycle : ILifecycleObservable;

/// <summary>The lifecycle of a silo.</summary>
public interface ISiloLifecycle : ILifecycleObservable
{
    /// <summary>The highest stage completed on the way up.</summary>
    int HighestCompletedStage { get; }

    /// <summary>The lowest stage stopped on the way down.</summary>
    int LowestStoppedStage { get; }
}

/// <summary>The lifecycle of a silo, to be run.</summary>
public interface ISiloLifecycleSubject : ISiloLifecycle, ILifecycleSubject;
