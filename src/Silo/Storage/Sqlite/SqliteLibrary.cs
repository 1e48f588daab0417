using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace VoiceOrdering.Silo.Storage.Sqlite;

/// <summary>Binds the managed provider to the SQLite library of the system, so that its security updates are the distribution's.</summary>
internal static class SqliteLibrary
{
    // RETURNING needs 3.35 (https://sqlite.org/lang_returning.html, 2021-03-12).
    private const int OldestVersion = 3_035_000;
    private static readonly Lock Gate = new();
    private static bool bound;

    /// <summary>Binds once; later calls return at once.</summary>
    /// <exception cref="StorageException"><c>SQLITE_LIBRARY_MISSING</c> with what to install.</exception>
    public static void Bind()
    {
        lock (Gate)
        {
            if (bound)
            {
                return;
            }
            // Looked for before the provider is created: a failing DllImport would only name "e_sqlite3".
            if (Find() == IntPtr.Zero)
            {
                throw new StorageException(StorageErrorCodes.LibraryMissing,
                    $"The SQLite library was not found (looked for {string.Join(", ", Names())}); on Debian install the package libsqlite3-0.");
            }
            NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
            raw.SetProvider(new SQLite3Provider_e_sqlite3());
            raw.FreezeProvider();
            if (raw.sqlite3_libversion_number() < OldestVersion)
            {
                throw new StorageException(StorageErrorCodes.LibraryMissing,
                    $"The SQLite library is version {raw.sqlite3_libversion().utf8_to_string()}; version 3.35 or newer is needed.");
            }
            bound = true;
        }
    }

    private static IntPtr Resolve(string libraryName, Assembly assembly, DllImportSearchPath? searchPath) =>
        libraryName == "e_sqlite3" ? Find() : IntPtr.Zero;

    private static IntPtr Find()
    {
        foreach (var name in Names())
        {
            if (NativeLibrary.TryLoad(name, out var handle))
            {
                return handle;
            }
        }
        return IntPtr.Zero;
    }

    private static string[] Names() =>
        OperatingSystem.IsWindows() ? ["sqlite3.dll", "winsqlite3.dll"]
        : OperatingSystem.IsMacOS() ? ["libsqlite3.dylib"]
        : ["libsqlite3.so.0", "libsqlite3.so"];
}
