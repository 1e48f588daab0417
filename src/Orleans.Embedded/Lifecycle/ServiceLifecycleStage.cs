namespace Orleans;

/// <summary>Stages of a silo's life.</summary>
public static class ServiceLifecycleStage
{
    /// <summary>The first.</summary>
    public const int First = int.MinValue;

    /// <summary>Runtime basics.</summary>
    public const int RuntimeInitialize = 2000;

    /// <summary>Runtime services.</summary>
    public const int RuntimeServices = 4000;

    /// <summary>Storage the runtime needs.</summary>
    public const int RuntimeStorageServices = 6000;

    /// <summary>Runtime services made of grains.</summary>
    public const int RuntimeGrainServices = 8000;

    /// <summary>After those.</summary>
    public const int AfterRuntimeGrainServices = 8100;

    /// <summary>Services of the application, storage providers among them.</summary>
    public const int ApplicationServices = 10000;

    /// <summary>The silo joins: grains can be called from here on.</summary>
    public const int BecomeActive = Active - 1;

    /// <summary>The silo serves; start-up tasks run here.</summary>
    public const int Active = 20000;

    /// <summary>The last.</summary>
    public const int Last = int.MaxValue;
}
