namespace VoiceOrdering.Realtime.Simulator.Models;

/// <summary>What a brain knows about its session from the start.</summary>
/// <param name="SessionId">The session's id (<c>sess_…</c>).</param>
/// <param name="Model">Model name the client asked for.</param>
/// <param name="Random">Seeded source of all choices of this session; not safe for concurrent use.</param>
/// <param name="Time">The one clock.</param>
public sealed record SimulatedSessionInfo(string SessionId, string Model, Random Random, TimeProvider Time);
