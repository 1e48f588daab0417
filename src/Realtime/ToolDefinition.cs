namespace VoiceOrdering.Realtime;

/// <summary>A function the model may call.</summary>
/// <param name="Name">1 to 64 characters of <c>a-z A-Z 0-9 _ -</c>; unique within a session.</param>
/// <param name="Description">What the function does and when to call it, read by the model.</param>
/// <param name="ParametersJson">A JSON schema object (UTF-16 text). Invalid JSON makes <see cref="IRealtimeSession.ConfigureAsync"/> throw.</param>
public sealed record ToolDefinition(string Name, string Description, string ParametersJson);
