namespace VoiceOrdering.Engine.Tests.Api;

/// <summary>A public type: its base class as a key and its public and protected members as text.</summary>
internal sealed record PublicType(string? Base, HashSet<string> Members);
