namespace VoiceOrdering.Realtime.Simulator.Ear;

/// <summary>The menu has more words than <see cref="EarSettings.MaxWords"/>.</summary>
internal sealed class MenuTooLargeException : Exception
{
    public MenuTooLargeException()
        : base("The menu has more words than are listened to.")
    {
    }

    public MenuTooLargeException(string message)
        : base(message)
    {
    }

    public MenuTooLargeException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
