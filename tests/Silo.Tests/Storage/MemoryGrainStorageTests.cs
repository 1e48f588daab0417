using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace VoiceOrdering.Silo.Tests.Storage;

/// <summary>The engine's memory storage passes the same suite, so tests on it say something about the database.</summary>
public sealed class MemoryGrainStorageTests : GrainStorageConformance, IAsyncLifetime
{
    private IHost? host;

    protected override IGrainStorage Storage => host!.Services.GetRequiredKeyedService<IGrainStorage>("Default");

    public async Task InitializeAsync()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo => silo.UseLocalhostClustering().AddMemoryGrainStorageAsDefault());
        host = builder.Build();
        await host.StartAsync().InTimeAsync();
    }

    public async Task DisposeAsync()
    {
        await host!.StopAsync().InTimeAsync();
        host.Dispose();
    }
}
