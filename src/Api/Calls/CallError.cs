namespace VoiceOrdering.Api.Calls;

/// <summary>What a customer is told when a call goes wrong: event <c>error</c> with these members.</summary>
/// <param name="Code">Stable upper-snake code.</param>
/// <param name="Message">One sentence that can be shown or spoken.</param>
/// <param name="Retriable">Whether trying again may help.</param>
internal sealed record CallError(string Code, string Message, bool Retriable)
{
    public static CallError ProviderLost { get; } =
        new("PROVIDER_LOST", "The connection to our assistant broke. Please wait a moment, your order is safe.", true);

    public static CallError ProviderUnreachable { get; } =
        new("PROVIDER_UNREACHABLE", "Our assistant cannot be reached at the moment. Your order is kept, please try again shortly.", true);

    public static CallError AnswerFailed { get; } =
        new("ANSWER_FAILED", "Sorry, I could not answer that. Please say it again.", true);

    public static CallError AnswerTooLong { get; } =
        new("PLAYOUT_LIMIT", "The answer was too long to be played in full.", true);

    public static CallError ServerStopping { get; } =
        new("SERVER_STOPPING", "The service restarts. Your order is kept, please connect again in a moment.", true);

    public static CallError Broken { get; } =
        new("CALL_BROKEN", "The call broke on our side. Your order is kept, please connect again.", true);
}
