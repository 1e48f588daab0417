using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using VoiceOrdering.Silo.Observability.Metrics;
using VoiceOrdering.Silo.Storage.Relational;

namespace VoiceOrdering.Silo.Hosting;

/// <summary>Opens the database before anything else starts, so that a bad file stops the start with its own sentence, and begins to count.</summary>
internal sealed class SiloStartService(IServiceProvider services) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        services.GetRequiredService<PrometheusText>();
        services.GetRequiredService<RelationalDatabase>();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
