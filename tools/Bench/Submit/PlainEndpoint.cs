using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VoiceOrdering.Silo.Storage.Sqlite;

namespace VoiceOrdering.Bench.Submit;

/// <summary>What one writes in an afternoon: a key, a body, an insert that a unique key guards; a pooled connection for each request.</summary>
internal sealed class PlainEndpoint : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PlainEndpoint(WebApplication app) => _app = app;

    /// <summary>An order as the endpoint takes it.</summary>
    public static object Order { get; } = new { restaurantId = "demo-burger", lines = new[] { new { itemId = "brownie", quantity = 2, unitPriceMinor = 399 } }, totalMinor = 864, currency = "USD" };

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public static async Task<PlainEndpoint> StartAsync(string file)
    {
        SqliteLibrary.Bind();
        var connections = new SqliteConnectionStringBuilder { DataSource = file, Pooling = true, DefaultTimeout = 30 }.ToString();
        using (var first = Open(connections))
        {
            Execute(first, "PRAGMA journal_mode = WAL");
            Execute(first, "CREATE TABLE orders (idempotency_key TEXT NOT NULL PRIMARY KEY, body TEXT NOT NULL, created_at INTEGER NOT NULL)");
        }

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.MapPost("/orders", (JsonElement body, HttpContext http) =>
        {
            using var connection = Open(connections);
            using var insert = connection.CreateCommand();
            insert.CommandText = "INSERT INTO orders (idempotency_key, body, created_at) VALUES ($key, $body, $at) ON CONFLICT (idempotency_key) DO NOTHING";
            insert.Parameters.AddWithValue("$key", http.Request.Headers["Idempotency-Key"].ToString());
            insert.Parameters.AddWithValue("$body", body.GetRawText());
            insert.Parameters.AddWithValue("$at", TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
            insert.ExecuteNonQuery();
            return Results.Created("/orders", null);
        });
        await app.StartAsync();
        return new PlainEndpoint(app);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        SqliteConnection.ClearAllPools();
    }

    private static SqliteConnection Open(string connections)
    {
        var connection = new SqliteConnection(connections);
        connection.Open();
        Execute(connection, "PRAGMA synchronous = FULL");
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
