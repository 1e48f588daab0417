using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using OrleansEmbedded.Invocation;

namespace OrleansEmbedded.Hosting;

/// <summary>What the engine logs. Exceptions of grains may hold personal data and go only where exceptions may.</summary>
internal sealed class EngineLog(ILogger logger)
{
    public void ActivationFailed(GrainId id, Exception failure) => logger.LogWarning(failure, "Activation of {GrainId} failed", id);

    public void DeactivationFailed(GrainId id, Exception failure) => logger.LogWarning(failure, "Deactivation of {GrainId} failed", id);

    public void TurnFailed(GrainId id, Exception failure) => logger.LogError(failure, "A turn of {GrainId} failed outside a call", id);

    public void TimerFailed(GrainId id, Exception failure) => logger.LogError(failure, "A timer tick of {GrainId} failed", id);

    public void OneWayFailed(GrainCall call, Exception failure)
        => logger.LogWarning(failure, "{Method} of {GrainId} failed and nobody waits for it", call.Method, call.Reference.GrainId);

    public void ReminderFailed(GrainId id, string name, Exception failure) => logger.LogWarning(failure, "Reminder {Reminder} of {GrainId} failed", name, id);

    public void StreamDeliveryFailed(string stream, GrainId id, Exception failure)
        => logger.LogWarning(failure, "Delivery from stream {Stream} to {GrainId} failed", stream, id);

    public void Started(SiloAddress address, string name) => logger.LogInformation("Silo {Silo} ({Name}) serves", address, name);

    public void Stopped(SiloAddress address, string name) => logger.LogInformation("Silo {Silo} ({Name}) stopped", address, name);
}
