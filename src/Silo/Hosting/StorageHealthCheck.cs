using Microsoft.Extensions.Diagnostics.HealthChecks;
using VoiceOrdering.Silo.Storage;
using VoiceOrdering.Silo.Storage.Relational;

namespace VoiceOrdering.Silo.Hosting;

/// <summary>Healthy when the database commits: the check goes through the writer's queue like every other write.</summary>
internal sealed class StorageHealthCheck(RelationalDatabase database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await database.WriteAsync(session => session.Bound("SELECT 1").ExecuteScalar(), cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (StorageException failure)
        {
            return HealthCheckResult.Unhealthy($"{failure.Code}: {failure.Message}", failure, new Dictionary<string, object> { [SiloHosting.CodeKey] = failure.Code });
        }
    }
}
