namespace VoiceOrdering.Silo.Tests.Child;

/// <summary>Writes one line for each acknowledged write, whole and at once.</summary>
internal static class Acknowledgements
{
    private static readonly Lock Gate = new();

    public static void Tell(string line)
    {
        lock (Gate)
        {
            Console.Out.Write(line + "\n");
            Console.Out.Flush();
        }
    }
}
