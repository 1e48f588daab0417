using Orleans.Runtime;
using Orleans.Storage;
using VoiceOrdering.Silo.Storage.Grains;
using VoiceOrdering.Silo.Storage.Relational;

namespace VoiceOrdering.Silo.Tests.Child;

/// <summary>Each caller counts one grain's state up, one durable write after the other.</summary>
public static class StateWrites
{
    /// <summary>Name of the state.</summary>
    public const string StateName = "counted";

    /// <summary>The grain of a caller.</summary>
    public static GrainId GrainOf(int caller) => GrainId.Create("counted", $"caller-{caller}");

    /// <summary>The storage over a database, without a silo.</summary>
    public static IGrainStorage Storage(RelationalDatabase database) => new DatabaseGrainStorage("Default", database, new JsonStateSerializer());

    internal static Task RunAsync(RelationalDatabase database, int writes, int callers)
    {
        var storage = Storage(database);
        return Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            var grain = GrainOf(caller);
            var state = new GrainState<CountedState>();
            await storage.ReadStateAsync(StateName, grain, state);
            for (var i = 0; i < writes / callers; i++)
            {
                state.State = CountedState.Of(grain.ToString(), state.State.Count + 1);
                await storage.WriteStateAsync(StateName, grain, state);
                Acknowledgements.Tell($"{caller} {state.State.Count} {state.ETag}");
            }
        })));
    }
}
