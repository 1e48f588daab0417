using System.Net;
using VoiceOrdering.Silo.Storage.Relational;

namespace VoiceOrdering.Api.Hosting;

/// <summary>What the process was started with: command line first, then environment, then the defaults given here.</summary>
internal sealed record ApiSettings
{
    /// <summary>TCP port of HTTP, 0 to 65535; 0 lets the system choose. Default 8080.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>Address HTTP listens on; null for both loopback addresses. Outside Development the default is every address.</summary>
    public IPAddress? Bind { get; init; }

    /// <summary>Folder of the SQLite file and caches; made when missing. Default <c>./data</c>.</summary>
    public string DataDirectory { get; init; } = "./data";

    /// <summary>The database; null for the SQLite file in the data folder.</summary>
    public StorageSettings? Database { get; init; }

    /// <summary>UDP port of WebRTC media, 0 to 65535; 0 lets the system choose. Default 40000.</summary>
    public int UdpPort { get; init; } = 40_000;

    /// <summary>UDP and TCP port of SIP, 0 to 65535. Default 5060.</summary>
    public int SipPort { get; init; } = 5_060;

    /// <summary>Whether the model is simulated. Default: on exactly when OPENAI_API_KEY is not set.</summary>
    public bool Simulator { get; init; } = true;

    /// <summary><c>Development</c> seeds demo restaurants and users; any other name does not. Default Development, which listens on loopback only.</summary>
    public string Environment { get; init; } = "Development";

    /// <summary>Password of the development users; null draws one.</summary>
    public string? DevelopmentPassword { get; init; }

    /// <summary>Password of the first operator; used outside Development when there is no operator yet. Null for none.</summary>
    public string? OperatorPassword { get; init; }

    /// <summary>ICE servers told to browsers, as URLs; none by default.</summary>
    public IReadOnlyList<string> IceServers { get; init; } = [];

    /// <summary>The SQLite file of a data folder.</summary>
    public static string FileIn(string dataDirectory) => Path.Combine(dataDirectory, "voiceordering.db");

    /// <summary>Whether development users and restaurants are seeded.</summary>
    public bool IsDevelopment => string.Equals(Environment, Environments.Development, StringComparison.OrdinalIgnoreCase);
}
