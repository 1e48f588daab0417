using VoiceOrdering.Silo.Storage.Sqlite;
using VoiceOrdering.Silo.Tests.Child;

// Usage: <states|orders> <database> <writes> <callers>. Every acknowledged write is one line on standard output, written after the
// acknowledgement; whoever reads the lines may kill this process at any of them.
var (mode, path, writes, callers) = (args[0], args[1], int.Parse(args[2]), int.Parse(args[3]));
using var database = SqliteDatabase.Open(new SqliteSettings { Path = path }, TimeProvider.System);
await (mode == "states" ? StateWrites.RunAsync(database, writes, callers) : OrderWrites.RunAsync(database, writes, callers));
