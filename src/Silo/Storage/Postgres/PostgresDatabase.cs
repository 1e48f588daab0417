using System.Globalization;
using Dapper;
using Npgsql;
using VoiceOrdering.Silo.Storage.Migrations;
using VoiceOrdering.Silo.Storage.Relational;

namespace VoiceOrdering.Silo.Storage.Postgres;

/// <summary>One database of a PostgreSQL server, version 12 or later.</summary>
public sealed class PostgresDatabase : RelationalDatabase
{
    /// <summary>First key of the product's advisory locks; the second says what is locked.</summary>
    internal const int LockSpace = 0x564F_0001;

    private const int OldestMajorVersion = 12;
    private const int OwnershipLock = 100;

    private PostgresDatabase(PostgresSettings settings, TimeProvider clock, PostgresSession writing)
        : base(new DatabaseConnections(writing, () => OpenWriting(settings), () => Connect(settings, isReadOnly: true)), settings, clock) => Settings = settings;

    /// <summary>What it was opened with.</summary>
    public PostgresSettings Settings { get; }

    internal override bool IsAlone => Settings.Use == DatabaseUse.Alone;

    /// <summary>Connects and brings the schema up to date. The database itself must exist.</summary>
    /// <exception cref="StorageException">The server cannot be reached or refuses, another silo works on the database, or a newer program wrote it.</exception>
    public static PostgresDatabase Open(PostgresSettings settings, TimeProvider clock) => Open(settings, clock, MigrationList.All);

    internal static PostgresDatabase Open(PostgresSettings settings, TimeProvider clock, IReadOnlyList<Migration> migrations)
    {
        if (settings.Faults().FirstOrDefault() is { } fault)
        {
            throw new ArgumentException(fault, nameof(settings));
        }
        PostgresSession? writing = null;
        try
        {
            writing = OpenWriting(settings);
            RefuseUnfit(writing, settings);
            Migrator.Migrate(writing, migrations, settings.DisplayName, clock);
            return new PostgresDatabase(settings, clock, writing);
        }
        catch (Exception failure)
        {
            writing?.Dispose();
            throw failure is NpgsqlException ? CannotOpen(settings, failure) : failure;
        }
    }

    private static PostgresSession OpenWriting(PostgresSettings settings)
    {
        var session = Connect(settings, isReadOnly: false);
        try
        {
            if (settings.Use == DatabaseUse.Alone)
            {
                TakeOwnership(session, settings);
            }
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private static PostgresSession Connect(PostgresSettings settings, bool isReadOnly)
    {
        var connection = new NpgsqlConnection(settings.Parts().ToString());
        try
        {
            connection.Open();
            // Whatever the server's settings say: an answer to a commit means that it is on the disk. The keep-alives free the locks of a silo whose machine is gone.
            connection.Execute($"""
                SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off';
                SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 4;
                SET default_transaction_isolation = 'read committed';
                SET default_transaction_read_only = {(isReadOnly ? "on" : "off")}
                """);
            return new PostgresSession(connection);
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException or System.Net.Sockets.SocketException)
        {
            connection.Dispose();
            throw CannotOpen(settings, failure);
        }
    }

    /// <summary>The lock belongs to the session, so the server gives it back when the process is gone, however that ended.</summary>
    private static void TakeOwnership(PostgresSession session, PostgresSettings settings)
    {
        try
        {
            session.Connection.Execute(string.Create(CultureInfo.InvariantCulture, $"SET lock_timeout = {(settings.HandOverSeconds * 1_000) + 1}"));
            session.Connection.Execute("SELECT pg_advisory_lock(@Space, @Lock)", new { Space = LockSpace, Lock = OwnershipLock });
            session.Connection.Execute("SET lock_timeout = 0");
        }
        catch (PostgresException failure) when (failure.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw new StorageException(StorageErrorCodes.InUse, $"The database {settings.DisplayName} is used by another silo; each needs a database of its own.", failure);
        }
    }

    private static void RefuseUnfit(PostgresSession session, PostgresSettings settings)
    {
        var connection = (NpgsqlConnection)session.Connection;
        var encoding = connection.ExecuteScalar<string>("SHOW server_encoding");
        var reason = connection.PostgreSqlVersion.Major < OldestMajorVersion ? $"the server is version {connection.PostgreSqlVersion}; {OldestMajorVersion} or later is needed."
            : encoding != "UTF8" ? $"its encoding is {encoding}; create it with ENCODING 'UTF8'."
            : null;
        if (reason is not null)
        {
            throw new StorageException(StorageErrorCodes.Unavailable, $"The database {settings.DisplayName} cannot be used: {reason}");
        }
    }

    private static StorageException CannotOpen(PostgresSettings settings, Exception failure) =>
        new(StorageErrorCodes.Unavailable, $"The database {settings.DisplayName} cannot be opened: {PostgresFaults.ReasonOfOpening(failure)}", failure);
}
