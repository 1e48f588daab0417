namespace VoiceOrdering.Realtime;

/// <summary>A verb or a connect that could not be done. Losing an open session is an event (<see cref="SessionClosed"/>), not this.</summary>
public sealed class RealtimeException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="kind">Whose move it is.</param>
    /// <param name="code">Stable upper-snake code, or the provider's own code in upper snake.</param>
    /// <param name="message">One sentence.</param>
    /// <param name="innerException">What lies beneath, if anything.</param>
    public RealtimeException(ProviderErrorKind kind, string code, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Kind = kind;
        Code = code;
    }

    /// <summary>Whose move it is.</summary>
    public ProviderErrorKind Kind { get; }

    /// <summary>Upper-snake code, see <see cref="RealtimeErrorCodes"/>; provider codes are passed on in upper snake.</summary>
    public string Code { get; }

    /// <summary>Status of the refused upgrade request (401, 403, 429, 5xx); null when there was no HTTP answer.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>How long the provider asked to wait; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
