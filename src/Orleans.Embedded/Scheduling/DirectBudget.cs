namespace OrleansEmbedded.Scheduling;

/// <summary>
/// Bounds how often and how deep one thread starts calls itself: after a while it has to queue, so that a caller that loops over calls
/// which complete at once still gives its thread and its own turn back.
/// </summary>
internal static class DirectBudget
{
    private const int CallsInARow = 512;
    private const int MaxDepth = 8;

    [ThreadStatic]
    private static int spent;

    [ThreadStatic]
    private static int depth;

    public static bool TryTake()
    {
        if (++spent >= CallsInARow || depth >= MaxDepth)
        {
            spent = spent >= CallsInARow ? 0 : spent;
            return false;
        }

        return true;
    }

    public static void Enter() => depth++;

    public static void Leave() => depth--;
}
