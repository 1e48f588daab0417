namespace OrleansEmbedded.Scheduling;

/// <summary>The flow of values that a turn starts with: none of the caller's.</summary>
internal static class CleanFlow
{
    public static ExecutionContext Context { get; } = Capture();

    private static ExecutionContext Capture()
    {
        ExecutionContext? captured = null;
        var thread = new Thread(() => captured = ExecutionContext.Capture()) { IsBackground = true };
        thread.UnsafeStart();
        thread.Join();
        return captured!;
    }
}
