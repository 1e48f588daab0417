using VoiceOrdering.Realtime.Simulator.Models;

namespace VoiceOrdering.Realtime.Simulator.Protocol;

/// <summary>
/// Keeps a promise to the brain: it is never configured while it answers, and gives one answer at a time. A change of settings during an
/// answer takes effect at the next.
/// </summary>
internal sealed class ModelGate(ISimulatedModel model)
{
    private readonly Lock _gate = new();
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private ModelConfiguration? _pending;
    private bool _busy;

    public void Configure(ModelConfiguration configuration)
    {
        lock (_gate)
        {
            if (_busy)
            {
                _pending = configuration;
            }
            else
            {
                model.Configure(configuration);
            }
        }
    }

    public async Task EnterAsync()
    {
        Task turn;
        lock (_gate)
        {
            if (!_busy)
            {
                _busy = true;
                return;
            }

            var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(waiting);
            turn = waiting.Task;
        }

        await turn;
    }

    public void Leave()
    {
        lock (_gate)
        {
            if (_pending is { } configuration)
            {
                _pending = null;
                model.Configure(configuration);
            }

            if (_waiting.TryDequeue(out var next))
            {
                next.SetResult();
            }
            else
            {
                _busy = false;
            }
        }
    }
}
