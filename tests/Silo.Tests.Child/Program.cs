using VoiceOrdering.Silo.Storage;
using VoiceOrdering.Silo.Storage.Postgres;
using VoiceOrdering.Silo.Storage.Relational;
using VoiceOrdering.Silo.Storage.Sqlite;
using VoiceOrdering.Silo.Tests.Child;

// Usage: <states|orders> <database> <writes> <callers>. Every acknowledged write is one line on standard output, written after the
// acknowledgement; whoever reads the lines may kill this process at any of them.
var (mode, address, writes, callers) = (args[0], args[1], int.Parse(args[2]), int.Parse(args[3]));
using RelationalDatabase database = DatabaseAddress.Read(address, "none") switch
{
    PostgresSettings server => PostgresDatabase.Open(server, TimeProvider.System),
    var file => SqliteDatabase.Open((SqliteSettings)file, TimeProvider.System),
};
await (mode == "states" ? StateWrites.RunAsync(database, writes, callers) : OrderWrites.RunAsync(database, writes, callers));
