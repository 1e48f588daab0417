namespace VoiceOrdering.Api.Identity;

/// <summary>More passwords wait to be checked than the limit allows.</summary>
internal sealed class LogInsBusyException : Exception;
