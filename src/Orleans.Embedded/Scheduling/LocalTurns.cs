namespace OrleansEmbedded.Scheduling;

/// <summary>
/// Decides whether a queue that has work goes to its thread's own list or to the one all threads share. A thread takes its own list first and
/// last in, first out: it is quicker, but queues that keep each other busy there would keep everything else waiting, so that after some of
/// them in a row new work goes to the end of the shared list until the thread has come to something from there.
/// </summary>
internal static class LocalTurns
{
    private const int MostInARow = 32;

    [ThreadStatic]
    private static int inARow;

    public static bool MayStayLocal => inARow < MostInARow;

    public static void Began(bool isLocal) => inARow = isLocal ? inARow + 1 : 0;
}
