using Npgsql;
using VoiceOrdering.Silo.Storage.Postgres;
using VoiceOrdering.Silo.Storage.Relational;
using VoiceOrdering.Silo.Storage.Sqlite;

namespace VoiceOrdering.Silo.Storage;

/// <summary>Reads which database to use from one line of text.</summary>
public static class DatabaseAddress
{
    private const string File = "sqlite";
    private const string Server = "postgres";

    /// <summary>
    /// <c>sqlite</c>, <c>sqlite:PATH</c>, <c>postgres:Host=…;Database=…;Username=…</c> or <c>postgres://user@host:port/database</c>.
    /// </summary>
    /// <param name="text">The address.</param>
    /// <param name="defaultFile">The file that <c>sqlite</c> alone means.</param>
    /// <exception cref="FormatException">It is none of these; the sentence never repeats the text, for a password may stand in it.</exception>
    public static StorageSettings Read(string text, string defaultFile)
    {
        ArgumentNullException.ThrowIfNull(text);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var (kind, rest) = colon < 0 ? (text, "") : (text[..colon], text[(colon + 1)..]);
        StorageSettings settings = kind switch
        {
            File => new SqliteSettings { Path = colon < 0 ? defaultFile : rest },
            Server or "postgresql" => new PostgresSettings { Connection = rest.StartsWith("//", StringComparison.Ordinal) ? FromUri(text) : rest },
            _ => throw new FormatException("it must begin with sqlite or postgres: sqlite, sqlite:PATH, postgres:Host=…;Database=…;Username=… or postgres://user@host/database."),
        };
        return settings.Faults().FirstOrDefault() is { } fault ? throw new FormatException(fault) : settings;
    }

    private static string FromUri(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            throw new FormatException("it is no address like postgres://user@host:5432/database.");
        }
        var user = uri.UserInfo.Split(':', 2);
        var parts = new NpgsqlConnectionStringBuilder { Host = uri.Host.Trim('[', ']') };
        try
        {
            parts.Port = uri.Port > 0 ? uri.Port : NpgsqlConnection.DefaultPort;
            parts.Database = uri.AbsolutePath.Length > 1 ? Uri.UnescapeDataString(uri.AbsolutePath[1..]) : null;
            parts.Username = user[0].Length > 0 ? Uri.UnescapeDataString(user[0]) : null;
            parts.Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null;
            foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
            {
                var halves = pair.Split('=', 2);
                parts[Uri.UnescapeDataString(halves[0])] = halves.Length > 1 ? Uri.UnescapeDataString(halves[1]) : "";
            }
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException)
        {
            throw new FormatException("one of the parameters behind the question mark is not known.");
        }
        return parts.ToString();
    }
}
