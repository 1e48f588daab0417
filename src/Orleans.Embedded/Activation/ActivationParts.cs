using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using OrleansEmbedded.Timers;

namespace OrleansEmbedded.Activation;

/// <summary>What only some activations need, kept apart so that an idle one stays small.</summary>
internal sealed class ActivationParts
{
    private readonly Lock _gate = new();
    private Dictionary<Type, object>? _components;
    private Dictionary<Guid, int>? _sections;
    private HashSet<GrainTimer>? _timers;
    private TaskCompletionSource? _gone;

    public GrainReference? Reference { get; set; }

    public IServiceScope? Scope { get; set; }

    public ActivationLifecycle? Lifecycle { get; set; }

    public DeactivationReason? Reason { get; set; }

    /// <summary>Fires when running calls have had their time during deactivation.</summary>
    public ITimer? LeaveAtLatest { get; set; }

    public bool IsLeaving { get; set; }

    public TaskCompletionSource Gone
        => _gone ?? Interlocked.CompareExchange(ref _gone, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), null) ?? _gone;

    public object? GetComponent(Type type)
    {
        lock (_gate)
        {
            return _components?.GetValueOrDefault(type);
        }
    }

    public void SetComponent(Type type, object? value)
    {
        lock (_gate)
        {
            if (value is null)
            {
                _components?.Remove(type);
            }
            else
            {
                (_components ??= [])[type] = value;
            }
        }
    }

    public T GetOrAddComponent<T>(Func<T> create)
        where T : class
    {
        lock (_gate)
        {
            _components ??= [];
            if (!_components.TryGetValue(typeof(T), out var value))
            {
                _components[typeof(T)] = value = create();
            }

            return (T)value;
        }
    }

    public void EnterSection(Guid id)
    {
        lock (_gate)
        {
            _sections ??= [];
            _sections[id] = _sections.GetValueOrDefault(id) + 1;
        }
    }

    public void ExitSection(Guid id)
    {
        lock (_gate)
        {
            if (_sections is not null && _sections.TryGetValue(id, out var count))
            {
                if (count <= 1)
                {
                    _sections.Remove(id);
                }
                else
                {
                    _sections[id] = count - 1;
                }
            }
        }
    }

    public bool IsInSection(Guid id)
    {
        lock (_gate)
        {
            return _sections?.ContainsKey(id) == true;
        }
    }

    public void AddTimer(GrainTimer timer)
    {
        lock (_gate)
        {
            (_timers ??= []).Add(timer);
        }
    }

    public void RemoveTimer(GrainTimer timer)
    {
        lock (_gate)
        {
            _timers?.Remove(timer);
        }
    }

    public void StopTimers()
    {
        GrainTimer[] timers;
        lock (_gate)
        {
            timers = _timers is null ? [] : [.. _timers];
            _timers = null;
        }

        foreach (var timer in timers)
        {
            timer.StopWithActivation();
        }
    }
}
