using Npgsql;
using VoiceOrdering.Silo.Storage.Relational;

namespace VoiceOrdering.Silo.Storage.Postgres;

/// <summary>The PostgreSQL database and the limits around it.</summary>
public sealed record PostgresSettings : StorageSettings
{
    /// <summary>The defaults of PostgreSQL: a transaction with more than 64 savepoints slows every reader of the server down.</summary>
    public PostgresSettings() => GroupLimit = 60;

    /// <summary>
    /// Keywords and values as Npgsql reads them, such as <c>Host=db.internal;Database=voiceordering;Username=vo</c>. The password may stand in it, in <c>PGPASSWORD</c>, or in the
    /// file <c>PGPASSFILE</c> names; it is never part of a message.
    /// </summary>
    public required string Connection { get; init; }
    /// <summary>How long opening a connection may take, seconds, 1–120.</summary>
    public int ConnectSeconds { get; init; } = 5;
    /// <summary>How long a statement may take, seconds, 1–600.</summary>
    public int CommandSeconds { get; init; } = 30;
    /// <summary>Whether this process must be the only silo on the database.</summary>
    public DatabaseUse Use { get; init; } = DatabaseUse.Alone;
    /// <summary>How long to wait at the start, and when a connection was lost, for a process that is going to give the database back, seconds, 0–120.</summary>
    public int HandOverSeconds { get; init; } = 5;

    /// <inheritdoc/>
    public override string DisplayName
    {
        get
        {
            var parts = Parts();
            return $"{parts.Database ?? parts.Username} at {parts.Host}{(parts.Host?.StartsWith('/') == true ? "" : $":{parts.Port}")}";
        }
    }

    /// <summary>Never the connection's text: a password may stand in it.</summary>
    public override string ToString() => $"PostgreSQL {DisplayName}";

    /// <summary>What a connection of the product is opened with. What the text says about pooling does not count: the sessions are the pool.</summary>
    internal NpgsqlConnectionStringBuilder Parts()
    {
        var parts = new NpgsqlConnectionStringBuilder(Connection) { Pooling = false, Enlist = false, Multiplexing = false, Timeout = ConnectSeconds, CommandTimeout = CommandSeconds };
        parts.ApplicationName ??= "voiceordering";
        // Statements are few and come again and again: the server keeps their plans.
        parts.MaxAutoPrepare = parts.MaxAutoPrepare == 0 ? 200 : parts.MaxAutoPrepare;
        parts.AutoPrepareMinUsages = 2;
        parts.TcpKeepAlive = true;
        return parts;
    }

    private protected override IEnumerable<string> OwnFaults()
    {
        NpgsqlConnectionStringBuilder? parts = null;
        try
        {
            parts = Parts();
        }
        catch (ArgumentException)
        {
            // The exception's words may repeat a value.
        }
        if (parts is null)
        {
            yield return "The PostgreSQL connection cannot be read; it must look like Host=localhost;Database=voiceordering;Username=vo.";
        }
        else if (string.IsNullOrWhiteSpace(parts.Host))
        {
            yield return "The PostgreSQL connection names no Host.";
        }
    }

    private protected override IEnumerable<(string Name, int Value, int Low, int High)> OwnRanges() =>
    [
        (nameof(ConnectSeconds), ConnectSeconds, 1, 120), (nameof(CommandSeconds), CommandSeconds, 1, 600), (nameof(HandOverSeconds), HandOverSeconds, 0, 120),
    ];
}

/// <summary>Who else may work on a database.</summary>
public enum DatabaseUse
{
    /// <summary>No other silo: it would activate every grain a second time. A second one is refused with <c>STORAGE_IN_USE</c>.</summary>
    Alone,

    /// <summary>The silos of one cluster.</summary>
    Shared,
}
