using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VoiceOrdering.Api.Hosting;
using VoiceOrdering.Api.Identity;
using VoiceOrdering.Identity;
using VoiceOrdering.Silo.Storage.Relational;

namespace VoiceOrdering.Bench.Submit;

/// <summary>The whole product in this process, with the demo restaurants and a caller of one of them.</summary>
internal sealed class ProductHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ProductHost(WebApplication app) => _app = app;

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public string Token => _app.Services.GetRequiredService<AccessTokens>()
        .Issue(new Principal("bench", new RestaurantId("demo-burger"), [Scopes.OrdersCreate]), "fam_bench").Token;

    public static async Task<ProductHost> StartAsync(string data, StorageSettings? database)
    {
        Directory.CreateDirectory(data);
        var settings = new ApiSettings { Port = 0, UdpPort = 0, DataDirectory = data, Database = database, Simulator = false };
        // One caller stands for many here, so the limit per caller is out of the way.
        var limits = new Dictionary<string, string?> { ["VoiceOrdering:Limits:RequestBurst"] = "1000000", ["VoiceOrdering:Limits:RequestsPerSecond"] = "1000000" };
        var app = await ApiApplication.BuildAsync(settings, configuration => configuration.AddInMemoryCollection(limits), services => services.AddLogging(logging => logging.ClearProviders()));
        await app.StartAsync();
        return new ProductHost(app);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
