using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace VoiceOrdering.Silo.Tests.Hosting;

/// <summary>A grain with a stored state that logs and calls another grain.</summary>
[Alias("vo.test.ICounterGrain")]
public interface ICounterGrain : IGrainWithStringKey
{
    /// <summary>Counts up durably.</summary>
    [Alias("Increment")] Task<int> IncrementAsync();

    /// <summary>Logs one line here and one in the grain behind.</summary>
    [Alias("LogThrough")] Task LogThroughAsync(string? behind);
}

/// <summary>The count.</summary>
[GenerateSerializer, Alias("vo.test.CounterState")]
public sealed class CounterState
{
    /// <summary>Increments so far.</summary>
    [Id(0)] public int Count { get; set; }
}

/// <inheritdoc cref="ICounterGrain"/>
public sealed class CounterGrain([PersistentState("counter")] IPersistentState<CounterState> state, ILogger<CounterGrain> logger) : Grain, ICounterGrain
{
    public async Task<int> IncrementAsync()
    {
        state.State.Count++;
        await state.WriteStateAsync();
        return state.State.Count;
    }

    public async Task LogThroughAsync(string? behind)
    {
        logger.LogInformation("In grain {grain}", this.GetPrimaryKeyString());
        if (behind is not null)
        {
            await GrainFactory.GetGrain<ICounterGrain>(behind).LogThroughAsync(null);
        }
    }
}
