using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Runtime;

namespace OrleansEmbedded.Hosting;

/// <summary>Runs a silo with its host.</summary>
internal sealed class SiloService : IHostedService
{
    private readonly SiloNode _silo;
    private readonly SiloLifecycle _lifecycle;

    public SiloService(SiloNode silo, SiloLifecycle lifecycle, IEnumerable<ILifecycleParticipant<ISiloLifecycle>> participants, IEnumerable<IConfigurationValidator> validators)
    {
        foreach (var validator in validators)
        {
            validator.ValidateConfiguration();
        }

        _silo = silo;
        _lifecycle = lifecycle;
        foreach (var participant in participants)
        {
            participant.Participate(lifecycle);
        }

        lifecycle.Subscribe("silo", ServiceLifecycleStage.RuntimeInitialize, StartClocksAsync, StopClocksAsync);
        lifecycle.Subscribe("silo", ServiceLifecycleStage.BecomeActive, JoinAsync, LeaveAsync);
    }

    public Task StartAsync(CancellationToken cancellationToken) => _lifecycle.OnStart(cancellationToken);

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (!_silo.IsDead)
        {
            await _lifecycle.OnStop(cancellationToken);
        }
    }

    private Task StartClocksAsync(CancellationToken cancellationToken)
    {
        _silo.StartClocks();
        return Task.CompletedTask;
    }

    private Task StopClocksAsync(CancellationToken cancellationToken)
    {
        _silo.StopClocks();
        return Task.CompletedTask;
    }

    private Task JoinAsync(CancellationToken cancellationToken)
    {
        _silo.SetStatus(SiloStatus.Active);
        _silo.Log.Started(_silo.Address, _silo.Name);
        return Task.CompletedTask;
    }

    private async Task LeaveAsync(CancellationToken cancellationToken)
    {
        await _silo.DeactivateGrainsAsync(cancellationToken);
        _silo.SetStatus(SiloStatus.Dead);
        _silo.Log.Stopped(_silo.Address, _silo.Name);
    }
}
