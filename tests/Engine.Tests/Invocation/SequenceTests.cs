using System.Runtime.CompilerServices;
using Orleans.Concurrency;
using VoiceOrdering.Engine.Tests.Support;

namespace VoiceOrdering.Engine.Tests.Invocation;

[Collection(EngineCollection.Name)]
public class SequenceTests(EngineFixture engine)
{
    [Fact]
    public async Task A_sequence_comes_item_by_item()
    {
        var items = new List<int>();
        await foreach (var item in engine.Grains.GetGrain<ISequenceGrain>(Gates.New("sequence")).CountAsync(250))
        {
            items.Add(item);
        }

        items.ShouldBe(Enumerable.Range(0, 250));
    }

    [Fact]
    public async Task The_grain_serves_others_while_a_sequence_is_open_and_ends_it_when_the_caller_stops()
    {
        var name = Gates.New("open");
        var grain = engine.Grains.GetGrain<ISequenceGrain>(name);
        await foreach (var item in grain.EndlessAsync(name))
        {
            (await Await.Of(grain.PingAsync(), "a call beside the sequence")).ShouldBe("pong");
            if (item == 3)
            {
                break;
            }
        }

        await Await.Of(Gates.Reached(name + "-ended"), "the sequence to end at the grain");
    }

    [Fact]
    public async Task A_sequence_that_waits_holds_up_neither_calls_nor_deactivation()
    {
        var name = Gates.New("waiting");
        var grain = engine.Grains.GetGrain<ISequenceGrain>(name);
        await using var items = grain.WaitForGateAsync(name).GetAsyncEnumerator();
        var next = items.MoveNextAsync().AsTask();
        await Await.Of(Gates.Reached(name + "-begun"), "the sequence to begin");

        (await Await.Of(grain.PingAsync(), "a call beside the waiting sequence")).ShouldBe("pong");
        await Await.Of(engine.Cluster.DeactivateAsync(grain), "deactivation");

        await Should.ThrowAsync<EnumerationAbortedException>(next);
        Gates.Open(name);
    }

    [Fact]
    public async Task A_failure_comes_after_the_items_before_it()
    {
        var items = new List<int>();

        var failure = await Should.ThrowAsync<InvalidOperationException>(async () =>
        {
            await foreach (var item in engine.Grains.GetGrain<ISequenceGrain>(Gates.New("failing")).FailAfterAsync(3))
            {
                items.Add(item);
            }
        });

        failure.Message.ShouldBe("enough");
        items.ShouldBe([0, 1, 2]);
    }

    [Fact]
    public async Task Stateless_workers_serve_side_by_side_up_to_their_bound()
    {
        var name = Gates.New("workers");
        var grain = engine.Grains.GetGrain<IWorkerGrain>(0);

        var calls = Enumerable.Range(0, 6).Select(at => grain.WorkAsync(name, at)).ToArray();
        await Await.Of(Gates.Reached(name + "-0"), "the first worker");
        await Await.Of(Gates.Reached(name + "-1"), "the second worker, beside the first");
        await Await.Of(Gates.Reached(name + "-2"), "the third worker, beside the others");
        Gates.Open(name);

        (await Await.Of(Task.WhenAll(calls), "six calls")).Distinct().Count().ShouldBe(3);
    }
}

public interface ISequenceGrain : IGrainWithStringKey
{
    IAsyncEnumerable<int> CountAsync(int count);

    IAsyncEnumerable<int> EndlessAsync(string name);

    IAsyncEnumerable<int> FailAfterAsync(int count);

    IAsyncEnumerable<int> WaitForGateAsync(string gate);

    Task<string> PingAsync();
}

public sealed class SequenceGrain : Grain, ISequenceGrain
{
    public async IAsyncEnumerable<int> CountAsync(int count)
    {
        for (var item = 0; item < count; item++)
        {
            if (item % 7 == 0)
            {
                await Task.Yield();
            }

            yield return item;
        }
    }

    public async IAsyncEnumerable<int> EndlessAsync(string name)
    {
        try
        {
            for (var item = 0; ; item++)
            {
                yield return item;
                await Task.Yield();
            }
        }
        finally
        {
            Gates.Open(name + "-ended");
        }
    }

    public async IAsyncEnumerable<int> FailAfterAsync(int count)
    {
        for (var item = 0; item < count; item++)
        {
            yield return item;
        }

        await Task.Yield();
        throw new InvalidOperationException("enough");
    }

    public async IAsyncEnumerable<int> WaitForGateAsync(string gate)
    {
        Gates.Open(gate + "-begun");
        await Gates.Reached(gate);
        yield return 1;
    }

    public Task<string> PingAsync() => Task.FromResult("pong");
}

public interface IWorkerGrain : IGrainWithIntegerKey
{
    Task<int> WorkAsync(string name, int number);
}

[StatelessWorker(3)]
public sealed class WorkerGrain : Grain, IWorkerGrain
{
    private static int instances;
    private readonly int _instance = Interlocked.Increment(ref instances);

    public async Task<int> WorkAsync(string name, int number)
    {
        Gates.Open($"{name}-{number}");
        await Gates.Reached(name);
        return _instance;
    }
}
