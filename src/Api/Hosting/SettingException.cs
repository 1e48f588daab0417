namespace VoiceOrdering.Api.Hosting;

/// <summary>The process was started with something it cannot work with. The message is one line for the person at the terminal; the exit code is 2.</summary>
internal sealed class SettingException(string message) : Exception(message);
