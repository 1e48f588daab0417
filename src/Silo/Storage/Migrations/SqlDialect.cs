namespace VoiceOrdering.Silo.Storage.Migrations;

/// <summary>The words in which the databases differ; everything else in the scripts is common to both.</summary>
/// <param name="Name">For messages.</param>
/// <param name="Integer">64-bit integer.</param>
/// <param name="Bytes">Binary column.</param>
/// <param name="Real">Double-precision column.</param>
/// <param name="Sequence">Primary key drawn by the database, growing.</param>
internal sealed record SqlDialect(string Name, string Integer, string Bytes, string Real, string Sequence)
{
    public static SqlDialect Sqlite { get; } = new("SQLite", "INTEGER", "BLOB", "REAL", "INTEGER PRIMARY KEY AUTOINCREMENT");

    public static SqlDialect PostgreSql { get; } = new("PostgreSQL", "BIGINT", "BYTEA", "DOUBLE PRECISION", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY");
}
