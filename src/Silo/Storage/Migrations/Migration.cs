namespace VoiceOrdering.Silo.Storage.Migrations;

/// <summary>One step of the schema; never changed once released, only followed by another.</summary>
/// <param name="Version">Grows by one from 1.</param>
/// <param name="Name">What it brings.</param>
/// <param name="Script">Statements in the words of a dialect.</param>
internal sealed record Migration(int Version, string Name, Func<SqlDialect, string> Script);
