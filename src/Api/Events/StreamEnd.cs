namespace VoiceOrdering.Api.Events;

/// <summary>Why an event stream ended; the words are values of the metric's label.</summary>
internal static class StreamEnd
{
    public const string ClientGone = "client_gone";
    public const string SlowReader = "slow_reader";
    public const string TokenExpired = "token_expired";
    public const string TokenRevoked = "token_revoked";
    public const string Stopping = "stopping";
    public const string SourceEnded = "source_ended";
    public const string Fault = "fault";
}
