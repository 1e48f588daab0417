namespace VoiceOrdering.Architecture.Tests.Fixtures;

/// <summary>A contract without a name, to see the rule fail; public because only exported types are contracts.</summary>
[GenerateSerializer]
public sealed class Unnamed;
