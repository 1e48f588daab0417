using VoiceOrdering.Realtime.Simulator.Models;

namespace VoiceOrdering.Realtime.Simulator.Hosting;

/// <summary>Warms the brain up beside the start of the process, so that the first call does not pay for it.</summary>
internal sealed class ModelWarmUpService(ISimulatedModelFactory models, ILogger<ModelWarmUpService> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await models.WarmUpAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The process ends before it was warm.
        }
#pragma warning disable CA1031 // A brain that cannot warm up says so in its answers; the process serves on.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            logger.LogError(failure, "The simulated model could not be warmed up");
        }
    }
}
