using VoiceOrdering.Silo.Storage.Relational;
using VoiceOrdering.Silo.Storage.Sqlite;

namespace VoiceOrdering.Silo.Tests.Storage;

/// <summary>A SQLite file in a folder of its own.</summary>
internal sealed class TemporaryFile : TestDatabase
{
    private readonly string folder = Directory.CreateTempSubdirectory("vo-silo-").FullName;

    public TemporaryFile(Func<SqliteSettings, SqliteSettings>? with = null)
    {
        var settings = new SqliteSettings { Path = Path.Combine(folder, "silo.db") };
        Settings = with is null ? settings : with(settings);
    }

    public SqliteSettings Settings { get; }

    public override string Address => $"sqlite:{Settings.Path}";

    public override RelationalDatabase Open() => SqliteDatabase.Open(Settings, TimeProvider.System);

    protected override void Remove() => Directory.Delete(folder, recursive: true);
}
