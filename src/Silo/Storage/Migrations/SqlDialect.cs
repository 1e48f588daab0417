namespace VoiceOrdering.Silo.Storage.Migrations;

/// <summary>The words in which the databases differ; everything else in the scripts and statements is common to both.</summary>
/// <param name="Name">For messages.</param>
/// <param name="Integer">64-bit integer.</param>
/// <param name="Bytes">Binary column.</param>
/// <param name="Real">Double-precision column.</param>
/// <param name="Sequence">Primary key drawn by the database, growing.</param>
internal sealed record SqlDialect(string Name, string Integer, string Bytes, string Real, string Sequence)
{
    public static SqlDialect Sqlite { get; } = new("SQLite", "INTEGER", "BLOB", "REAL", "INTEGER PRIMARY KEY AUTOINCREMENT")
    {
        Text = "TEXT",
        Begin = "BEGIN IMMEDIATE",
        OneOf = list => $"IN {list}",
        SkipLocked = "",
        Held = "",
    };

    public static SqlDialect PostgreSql { get; } = new("PostgreSQL", "BIGINT", "BYTEA", "DOUBLE PRECISION", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY")
    {
        Text = "TEXT COLLATE \"C\"",
        Begin = "BEGIN ISOLATION LEVEL READ COMMITTED",
        OneOf = list => $"= ANY ({list})",
        SkipLocked = "FOR UPDATE OF d SKIP LOCKED",
        Held = "FOR KEY SHARE",
        TakesStatements = true,
    };

    /// <summary>Text column, ordered by its bytes on both: neither a listing nor an index may depend on the machine's language or its C library.</summary>
    public required string Text { get; init; }

    /// <summary>Begins a transaction that writes.</summary>
    public required string Begin { get; init; }

    /// <summary>Behind a column: it is one of a list, a parameter that Dapper fills.</summary>
    public required Func<string, string> OneOf { get; init; }

    /// <summary>Ends a query of deliveries <c>d</c> that are about to be changed: those another process is at are passed over.</summary>
    public required string SkipLocked { get; init; }

    /// <summary>Ends a query of rows that must not be deleted before this transaction ends.</summary>
    public required string Held { get; init; }

    /// <summary>Whether writes that are one statement are sent as such, many in one message: worth it where every statement is a way to a server and back.</summary>
    public bool TakesStatements { get; init; }

    /// <summary>Begins a transaction with the savepoint of its first unit.</summary>
    public string BeginWithUnit => field ??= $"{Begin}; SAVEPOINT unit";
}
