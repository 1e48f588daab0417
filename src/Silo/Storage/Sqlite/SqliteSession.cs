using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using VoiceOrdering.Silo.Storage.Migrations;
using VoiceOrdering.Silo.Storage.Relational;

namespace VoiceOrdering.Silo.Storage.Sqlite;

/// <summary>One connection to the file.</summary>
internal sealed class SqliteSession(SqliteConnection connection) : SqlSession(connection)
{
    internal override SqlDialect Dialect => SqlDialect.Sqlite;

    internal override bool IsConnected => true;

    /// <summary>SQLite ends a transaction by itself after some faults (disk full, I/O error).</summary>
    internal override bool InTransaction => raw.sqlite3_get_autocommit(connection.Handle) == 0;

    internal override StorageException Wrap(Exception failure) =>
        new(StorageErrorCodes.Unavailable, "The database refused the statement; nothing of it was stored.", failure);
}
