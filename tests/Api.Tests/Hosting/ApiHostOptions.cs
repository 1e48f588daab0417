using Microsoft.Extensions.DependencyInjection;
using VoiceOrdering.Silo.Storage.Relational;

namespace VoiceOrdering.Api.Tests.Hosting;

/// <summary>How a test wants its host.</summary>
public sealed record ApiHostOptions
{
    /// <summary>Data folder to start on; null for a new one that is deleted with the host.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>The database; null for the file in the data folder.</summary>
    public StorageSettings? Database { get; init; }

    /// <summary>Environment name.</summary>
    public string Environment { get; init; } = "Development";

    /// <summary>Password of the first operator outside Development.</summary>
    public string? OperatorPassword { get; init; }

    /// <summary>Whether the simulated model runs in the host.</summary>
    public bool Simulator { get; init; }

    /// <summary>Clock of the whole host; null for the system's.</summary>
    public TimeProvider? Clock { get; init; }

    /// <summary>Limits by name that differ from the defaults.</summary>
    public IReadOnlyDictionary<string, int> Limits { get; init; } = new Dictionary<string, int>();

    /// <summary>Changes services.</summary>
    public Action<IServiceCollection>? Services { get; init; }
}
