using System.ComponentModel.DataAnnotations;

namespace VoiceOrdering.Realtime.Simulator;

/// <summary>Settings of the simulator, section <see cref="SectionName"/>.</summary>
public sealed class SimulatorOptions
{
    /// <summary>Configuration section the settings are read from.</summary>
    public const string SectionName = "Simulator";

    /// <summary>Keys accepted as bearer; empty accepts any. Ephemeral keys made here are always accepted until they expire.</summary>
    public ICollection<string> ApiKeys { get; } = [];

    /// <summary>Sessions open at a time, 1 to 100000; beyond that upgrades get 429.</summary>
    [Range(1, 100_000)]
    public int MaxSessions { get; set; } = 1000;

    /// <summary>Life of a session in seconds, 1 to 86400; then <c>session_expired</c> and close 1001.</summary>
    [Range(1, 86_400)]
    public int SessionSeconds { get; set; } = 3600;

    /// <summary>How many times faster than playback audio is sent, 0.5 to 1000. The provider does 3 to 6.</summary>
    [Range(0.5, 1000)]
    public double AudioSpeed { get; set; } = 4;

    /// <summary>Audio in one delta, in milliseconds, 20 to 1000.</summary>
    [Range(20, 1000)]
    public int DeltaMs { get; set; } = 100;

    /// <summary>Largest client message in bytes, 64 KiB to 32 MiB; an append of 15 MiB is 20 MiB as base64. Beyond it: close 1009.</summary>
    [Range(65_536, 33_554_432)]
    public int MaxMessageBytes { get; set; } = 24 * 1024 * 1024;

    /// <summary>Events waiting for a client that does not read, 64 to 1000000; beyond it: the connection is cut.</summary>
    [Range(64, 1_000_000)]
    public int MaxQueuedEvents { get; set; } = 8192;

    /// <summary>Items of one conversation, 16 to 100000; beyond it the client gets <c>conversation_too_long</c>.</summary>
    [Range(16, 100_000)]
    public int MaxItems { get; set; } = 4000;

    /// <summary>Caller audio not yet committed, in seconds, 1 to 3600; beyond it the oldest is forgotten.</summary>
    [Range(1, 3600)]
    public int MaxBufferedSeconds { get; set; } = 300;

    /// <summary>Ephemeral keys valid at a time, 1 to 1000000; beyond it 429.</summary>
    [Range(1, 1_000_000)]
    public int MaxClientSecrets { get; set; } = 10_000;

    /// <summary>Seed of all ids and choices.</summary>
    public int Seed { get; set; } = 20261120;

    /// <summary>Whether faults can be set over HTTP under <c>/simulator</c>. It has no access control: off unless asked for.</summary>
    public bool ControlApi { get; set; }
}
