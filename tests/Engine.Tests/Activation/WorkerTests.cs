using Orleans.Concurrency;
using VoiceOrdering.Engine.Tests.Support;

namespace VoiceOrdering.Engine.Tests.Activation;

[Collection(EngineCollection.Name)]
public sealed class WorkerTests(EngineFixture engine)
{
    private const int Workers = 8;

    [Fact]
    public async Task Callers_that_come_at_the_same_moment_get_a_worker_each()
    {
        for (var round = 0; round < 200; round++)
        {
            var name = Gates.New("crowd");
            var grain = engine.Grains.GetGrain<ICrowdGrain>(round % 4);
            using var start = new Barrier(4);

            // No call ends before all of them have begun, so that two with one worker would wait for ever.
            var calls = Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait();
                    return Task.WhenAll(grain.MeetAsync(name, Workers), grain.MeetAsync(name, Workers));
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default).Unwrap()).ToArray();

            await Await.Of(Task.WhenAll(calls), $"{Workers} callers of round {round}");
        }
    }
}

public interface ICrowdGrain : IGrainWithIntegerKey
{
    Task MeetAsync(string name, int callers);
}

[StatelessWorker(8)]
public sealed class CrowdGrain : Grain, ICrowdGrain
{
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, int> Begun = new(StringComparer.Ordinal);

    public async Task MeetAsync(string name, int callers)
    {
        if (Begun.AddOrUpdate(name, 1, (_, count) => count + 1) == callers)
        {
            Gates.Open(name);
        }

        await Gates.Reached(name);
    }
}
