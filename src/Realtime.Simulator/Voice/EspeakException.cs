namespace VoiceOrdering.Realtime.Simulator.Voice;

/// <summary>The synthesizer could not speak.</summary>
public sealed class EspeakException : Exception
{
    /// <summary>Without a reason.</summary>
    public EspeakException()
    {
    }

    /// <summary>With the program's own words or ours.</summary>
    public EspeakException(string message)
        : base(message)
    {
    }

    /// <summary>With a cause.</summary>
    public EspeakException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
