using System.Diagnostics;
using Npgsql;

namespace VoiceOrdering.TestKit.Databases;

/// <summary>
/// A PostgreSQL server of our own: in a folder of its own, reached over a socket in it, ended with the process that started it, however that ends. It runs as
/// the user <c>postgres</c> when we are root, because PostgreSQL refuses to.
/// </summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    /// <summary>A user who has to give <see cref="Password"/>.</summary>
    public const string GuardedUser = "guarded";

    /// <summary>Password of <see cref="GuardedUser"/>.</summary>
    public const string Password = "pass;word'1";

    // The shell outlives nobody: when our end of its input closes, for whatever reason, it stops the server and removes the folder.
    private const string Supervise = """
        set -eu
        folder=$(mktemp -d /tmp/vo-postgres-XXXXXX)
        trap 'rm -rf "$folder"' EXIT
        PATH="$1:$PATH"
        initdb -D "$folder/data" -U vo -A trust -E UTF8 --locale=C.UTF-8 --no-sync --no-instructions >"$folder/log" 2>&1 || { cat "$folder/log"; exit 1; }
        { echo "local all guarded scram-sha-256"; echo "local all all trust"; } >"$folder/data/pg_hba.conf"
        cat >>"$folder/data/postgresql.conf" <<CONF
        unix_socket_directories = '$folder'
        listen_addresses = ''
        fsync = $2
        max_connections = 150
        shared_buffers = 64MB
        max_wal_size = 1GB
        CONF
        start() { pg_ctl -D "$folder/data" -l "$folder/log" -w -t 60 start >>"$folder/log" 2>&1 || { cat "$folder/log"; exit 1; }; }
        stop() { pg_ctl -D "$folder/data" -m "$1" -w -t 60 stop >>"$folder/log" 2>&1 || true; }
        start
        echo "done $folder"
        while read -r verb; do
          case "$verb" in
            start) start ;;
            crash) stop immediate ;;
            stop) stop fast ;;
          esac
          echo "done $folder"
        done
        stop immediate
        """;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);
    private readonly Process _shell;
    private int _databases;

    private PostgresCluster(Process shell, string folder)
    {
        _shell = shell;
        Folder = folder;
    }

    /// <summary>Why no cluster can be started here, or null when one can.</summary>
    public static string? Missing { get; } = FindPrograms() is null ? "PostgreSQL is not installed here (apt-get install postgresql): nothing of it was tested" : null;

    /// <summary>Folder of the socket.</summary>
    public string Folder { get; }

    /// <summary>Starts a server; one whose commits wait for the disk, as in production.</summary>
    public static Task<PostgresCluster> StartAsync() => StartAsync("on");

    /// <summary>Starts a server that does not wait for the disk, for tests in which nothing dies.</summary>
    public static Task<PostgresCluster> StartFastAsync() => StartAsync("off");

    /// <summary>Connection of a database.</summary>
    public string Connection(string database, string user = "vo") => $"Host={Folder};Database={database};Username={user}";

    /// <summary>Creates an empty database whose language orders letters differently from their bytes.</summary>
    /// <returns>Its connection.</returns>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"test{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US' LOCALE 'C.UTF-8'");
        return Connection(name);
    }

    /// <summary>Creates the user who needs a password.</summary>
    public Task CreateGuardedUserAsync() => ExecuteAsync($"CREATE ROLE {GuardedUser} LOGIN PASSWORD '{Password.Replace("'", "''", StringComparison.Ordinal)}'");

    /// <summary>Runs statements as the server's owner.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Connection("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Texts of tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Ends the server at this instant, without a checkpoint: as a crash does.</summary>
    public Task CrashAsync() => TellAsync("crash");

    /// <summary>Ends the server as an operator does.</summary>
    public Task StopAsync() => TellAsync("stop");

    /// <summary>Starts it again.</summary>
    public Task StartAgainAsync() => TellAsync("start");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _shell.StandardInput.Close();
        await _shell.WaitForExitAsync().WaitAsync(s_patience);
        _shell.Dispose();
    }

    private static async Task<PostgresCluster> StartAsync(string fsync)
    {
        var programs = FindPrograms() ?? throw new InvalidOperationException(Missing);
        string[] words = ["/bin/sh", "-c", Supervise, "sh", programs, fsync];
        string[] asUser = Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", .. words] : words;
        var start = new ProcessStartInfo(asUser[0], asUser[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = "/tmp" };
        var shell = Process.Start(start)!;
        var line = await shell.StandardOutput.ReadLineAsync().WaitAsync(s_patience);
        if (line?.StartsWith("done ", StringComparison.Ordinal) != true)
        {
            throw new InvalidOperationException($"PostgreSQL did not start: {line}\n{await shell.StandardOutput.ReadToEndAsync()}");
        }

        return new PostgresCluster(shell, line["done ".Length..]);
    }

    private async Task TellAsync(string verb)
    {
        await _shell.StandardInput.WriteLineAsync(verb);
        await _shell.StandardInput.FlushAsync();
        var line = await _shell.StandardOutput.ReadLineAsync().WaitAsync(s_patience);
        if (line != $"done {Folder}")
        {
            throw new InvalidOperationException($"PostgreSQL did not {verb}: {line}");
        }
    }

    /// <summary>Folder of initdb and pg_ctl: Debian keeps them apart by version, off the path.</summary>
    private static string? FindPrograms()
    {
        var packaged = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin")) : [];
        return packaged.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl")));
    }
}
