namespace OrleansEmbedded.Scheduling;

/// <summary>
/// Decides whether a queue that has work goes to its thread's own list or to the one all threads share. A thread takes its own list first and
/// last in, first out. That is quick for a caller that waits for the answer, but queues that keep each other busy there would keep all others
/// waiting: so after a few in a row new work goes to the end of the shared list, until the thread has come to something from there. Two is
/// the measured balance: none costs calls that mostly start on their sender's thread a thousandfold p99, thirty-two costs queued ones a fivefold.
/// </summary>
internal static class LocalTurns
{
    private const int MostInARow = 2;

    [ThreadStatic]
    private static int inARow;

    public static bool MayStayLocal => inARow < MostInARow;

    public static void Began(bool isLocal) => inARow = isLocal ? inARow + 1 : 0;
}
