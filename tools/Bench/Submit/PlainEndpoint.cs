using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace VoiceOrdering.Bench.Submit;

/// <summary>What one writes in an afternoon: a key, a body, an insert that a unique key guards; a pooled connection for each request.</summary>
internal sealed class PlainEndpoint : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly IPlainTable _table;

    private PlainEndpoint(WebApplication app, IPlainTable table)
    {
        _app = app;
        _table = table;
    }

    /// <summary>An order as the endpoint takes it.</summary>
    public static object Order { get; } = new { restaurantId = "demo-burger", lines = new[] { new { itemId = "brownie", quantity = 2, unitPriceMinor = 399 } }, totalMinor = 864, currency = "USD" };

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public static async Task<PlainEndpoint> StartAsync(IPlainTable table)
    {
        await table.CreateAsync();
        // Not the working directory: the configuration watches its content root with all folders below, and data may be there.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.MapPost("/orders", async (JsonElement body, HttpContext http) =>
        {
            await table.InsertAsync(http.Request.Headers["Idempotency-Key"].ToString(), body.GetRawText(), TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
            return Results.Created("/orders", null);
        });
        await app.StartAsync();
        return new PlainEndpoint(app, table);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _table.DisposeAsync();
    }
}
