using Orleans;
using Orleans.Runtime;

namespace OrleansEmbedded.Activation;

/// <summary>The stages of one activation. Used by the turns of that activation only.</summary>
internal sealed class ActivationLifecycle : IGrainLifecycle
{
    private readonly List<Participant> _participants = [];
    private int _highestStarted = int.MinValue;

    public IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer)
    {
        var participant = new Participant(this, stage, observer);
        _participants.Add(participant);
        return participant;
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var stage in _participants.GroupBy(participant => participant.Stage).OrderBy(group => group.Key).ToArray())
        {
            _highestStarted = stage.Key;
            foreach (var participant in stage)
            {
                await participant.Observer.OnStart(cancellationToken);
            }
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var stage in _participants.GroupBy(participant => participant.Stage).OrderByDescending(group => group.Key).ToArray())
        {
            if (stage.Key > _highestStarted)
            {
                continue;
            }

            foreach (var participant in stage)
            {
                await participant.Observer.OnStop(cancellationToken);
            }
        }
    }

    private sealed record Participant(ActivationLifecycle Owner, int Stage, ILifecycleObserver Observer) : IDisposable
    {
        public void Dispose() => Owner._participants.Remove(this);
    }
}
