using Npgsql;

namespace VoiceOrdering.Silo.Storage.Postgres;

/// <summary>What the server's refusals mean (https://www.postgresql.org/docs/15/errcodes-appendix.html).</summary>
internal static class PostgresFaults
{
    /// <summary>The storage exception for what the provider threw; its text goes only into the inner exception.</summary>
    public static StorageException Wrap(Exception failure) => failure is PostgresException
        ? new StorageException(StorageErrorCodes.Unavailable, "The database refused the statement; nothing of it was stored.", failure)
        : new StorageException(StorageErrorCodes.Unavailable, "The connection to the database was lost; nothing of this statement was stored.", failure);

    /// <summary>Another process was faster: what was looked for and not found is there now, or both waited for each other.</summary>
    public static bool IsLostRace(Exception failure) =>
        failure is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected };

    /// <summary>Why a connection could not be opened, in words for an operator; never with what was sent to the server.</summary>
    public static string ReasonOfOpening(Exception failure) => failure switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } => "the server refused the user or the password.",
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } => "there is no database of this name; create it with createdb.",
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } => "the user may not create tables in it; make it the database's owner.",
        PostgresException { SqlState: PostgresErrorCodes.TooManyConnections } => "the server has as many connections as it allows.",
        PostgresException { SqlState: PostgresErrorCodes.CannotConnectNow } => "the server is starting up or shutting down.",
        PostgresException refusal => $"the server refused with {refusal.SqlState}.",
        _ when failure is TimeoutException || failure.InnerException is TimeoutException => "the server does not answer.",
        NpgsqlException { InnerException: System.Net.Sockets.SocketException socket } => $"no server answers there ({socket.SocketErrorCode}).",
        // The provider's own refusal has no code.
        NpgsqlException own when own.Message.StartsWith("No password", StringComparison.Ordinal) => "the server asks for a password and none was given.",
        _ => "no connection could be made.",
    };
}
