using System.Text.Json;

namespace VoiceOrdering.Realtime.Simulator.Hosting;

/// <summary>An ephemeral key.</summary>
internal sealed record ClientSecret(string Value, DateTimeOffset ExpiresAt, string Model, JsonElement? Session);
