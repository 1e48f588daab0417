using VoiceOrdering.Silo.Storage.Sqlite;

namespace VoiceOrdering.Silo.Tests.Storage;

/// <summary>A real database file in a folder of its own, removed afterwards.</summary>
internal sealed class TemporaryDatabase : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("vo-silo-").FullName;
    private SqliteDatabase? open;

    public TemporaryDatabase(Func<SqliteSettings, SqliteSettings>? with = null)
    {
        var settings = new SqliteSettings { Path = Path.Combine(folder, "silo.db") };
        Settings = with is null ? settings : with(settings);
    }

    public SqliteSettings Settings { get; }

    public SqliteDatabase Database => open ??= SqliteDatabase.Open(Settings, TimeProvider.System);

    /// <summary>Closes the file; the next use opens it again.</summary>
    public void Close()
    {
        open?.Dispose();
        open = null;
    }

    public void Dispose()
    {
        Close();
        Directory.Delete(folder, recursive: true);
    }
}
