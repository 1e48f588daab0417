using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using OrleansEmbedded.Serialization;

namespace OrleansEmbedded.Storage;

/// <summary>One stored state of one activation.</summary>
internal sealed class PersistentState<TState>(string name, IGrainContext context, IGrainStorage storage) : IPersistentState<TState>
{
    private readonly GrainState<TState> _record = new(NewState.Create<TState>());

    public TState State
    {
        get => _record.State;
        set => _record.State = value;
    }

    public string? Etag => _record.ETag;

    public bool RecordExists => _record.RecordExists;

    public void Participate(IGrainLifecycle lifecycle)
        => lifecycle.Subscribe($"state {name}", GrainLifecycleStage.SetupState, token => ReadStateAsync(token));

    public Task ReadStateAsync() => ReadStateAsync(CancellationToken.None);

    public async Task ReadStateAsync(CancellationToken cancellationToken)
    {
        await storage.ReadStateAsync(name, context.GrainId, _record, cancellationToken);
        _record.State ??= NewState.Create<TState>();
    }

    public Task WriteStateAsync() => WriteStateAsync(CancellationToken.None);

    public Task WriteStateAsync(CancellationToken cancellationToken) => storage.WriteStateAsync(name, context.GrainId, _record, cancellationToken);

    public Task ClearStateAsync() => ClearStateAsync(CancellationToken.None);

    public async Task ClearStateAsync(CancellationToken cancellationToken)
    {
        await storage.ClearStateAsync(name, context.GrainId, _record, cancellationToken);
        _record.State ??= NewState.Create<TState>();
    }
}
