namespace VoiceOrdering.Api.Events;

/// <summary>One server-sent event.</summary>
/// <param name="Name">Event name.</param>
/// <param name="Data">JSON.</param>
/// <param name="Id">What the client sends back as Last-Event-ID; null for live-only events.</param>
internal readonly record struct StreamEvent(string Name, string Data, string? Id);
