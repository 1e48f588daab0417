namespace Orleans.Runtime;

/// <summary>Stages of an activation's life.</summary>
public static class GrainLifecycleStage
{
    /// <summary>The first.</summary>
    public const int First = int.MinValue;

    /// <summary>State is read.</summary>
    public const int SetupState = 1000;

    /// <summary><c>OnActivateAsync</c> and <c>OnDeactivateAsync</c> run.</summary>
    public const int Activate = 2000;

    /// <summary>The last.</summary>
    public const int Last = int.MaxValue;
}
