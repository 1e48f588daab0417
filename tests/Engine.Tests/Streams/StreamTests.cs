using Orleans.Streams;
using Orleans.Streams.Core;
using VoiceOrdering.Engine.Tests.Support;

namespace VoiceOrdering.Engine.Tests.Streams;

[Collection(EngineCollection.Name)]
public class StreamTests(EngineFixture engine)
{
    [Fact]
    public async Task Every_subscriber_gets_every_item_in_order()
    {
        var key = Gates.New("stream");
        var first = engine.Grains.GetGrain<IStreamReaderGrain>(key + "-1");
        var second = engine.Grains.GetGrain<IStreamReaderGrain>(key + "-2");
        await first.SubscribeAsync(key, 500, 0);
        await second.SubscribeAsync(key, 500, 0);
        var stream = Stream(key);

        for (var item = 0; item < 400; item++)
        {
            await stream.OnNextAsync(item);
        }

        await stream.OnNextBatchAsync(Enumerable.Range(400, 100));

        await Await.Of(Gates.Reached(key + "-1-full"), "500 items at the first subscriber");
        await Await.Of(Gates.Reached(key + "-2-full"), "500 items at the second subscriber");
        (await first.ItemsAsync()).ShouldBe(Enumerable.Range(0, 500));
        (await second.ItemsAsync()).ShouldBe(Enumerable.Range(0, 500));
    }

    [Fact]
    public async Task An_item_that_fails_comes_again_before_the_next_one()
    {
        var key = Gates.New("again");
        var reader = engine.Grains.GetGrain<IStreamReaderGrain>(key);
        await reader.SubscribeAsync(key, 10, 3);

        await Stream(key).OnNextBatchAsync(Enumerable.Range(0, 10));

        await Await.Of(Gates.Reached(key + "-full"), "10 items");
        (await reader.ItemsAsync()).ShouldBe(Enumerable.Range(0, 10));
        (await reader.FailuresAsync()).ShouldBe(3);
    }

    [Fact]
    public async Task A_subscription_outlives_its_activation()
    {
        var key = Gates.New("resumed");
        var reader = engine.Grains.GetGrain<IStreamReaderGrain>(key);
        await reader.SubscribeAsync(key, 1, 0);
        await Stream(key).OnNextAsync(1);
        await Await.Of(Gates.Reached(key + "-full"), "the item before deactivation");
        await engine.Cluster.DeactivateAsync(reader);

        await Stream(key).OnNextAsync(2);

        await Await.Of(Gates.Reached(key + "-resumed"), "the item after deactivation");
        (await reader.ItemsAsync()).ShouldBe([2]);
    }

    [Fact]
    public async Task An_implicit_subscriber_is_activated_by_the_stream_of_its_key()
    {
        var key = Gates.New("implicit");

        await engine.Cluster.Client.GetStreamProvider("streams").GetStream<string>(StreamId.Create("news", key)).OnNextAsync("hello");

        (await Await.Of(Gates.Reached(key), "the implicit subscriber")).ShouldBe("hello");
    }

    [Fact]
    public async Task A_client_subscribes_and_unsubscribes()
    {
        var key = Gates.New("client");
        var got = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var handle = await Stream(key).SubscribeAsync(
            (item, _) =>
            {
                got.TrySetResult(item);
                return Task.CompletedTask;
            },
            () =>
            {
                ended.TrySetResult();
                return Task.CompletedTask;
            });

        await Stream(key).OnNextAsync(5);
        await Stream(key).OnCompletedAsync();

        (await Await.Of(got.Task, "the item")).ShouldBe(5);
        await Await.Of(ended.Task, "the end");
        (await Stream(key).GetAllSubscriptionHandles()).ShouldHaveSingleItem().ShouldBe(handle);
        await handle.UnsubscribeAsync();
        (await Stream(key).GetAllSubscriptionHandles()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_producer_waits_for_a_slow_subscriber()
    {
        var key = Gates.New("slow");
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var count = 0;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        const int Items = 20_000;
        await Stream(key).SubscribeAsync(async (_, _) =>
        {
            await release.Task;
            if (++count == Items)
            {
                all.TrySetResult();
            }
        });

        var published = 0;
        var producing = Task.Run(async () =>
        {
            for (; published < Items; published++)
            {
                await Stream(key).OnNextAsync(published);
            }
        });
        var idle = engine.Grains.GetGrain<IStreamReaderGrain>(key + "-other");
        await idle.SubscribeAsync(key + "-other", 1000, 0);
        await Stream(key + "-other").OnNextBatchAsync(Enumerable.Range(0, 1000));
        await Await.Of(Gates.Reached(key + "-other-full"), "another stream, meanwhile");
        producing.IsCompleted.ShouldBeFalse();
        release.SetResult();

        await Await.Of(producing, "the producer");
        await Await.Of(all.Task, "all items");
    }

    private IAsyncStream<int> Stream(string key) => engine.Cluster.Client.GetStreamProvider("streams").GetStream<int>(StreamId.Create("numbers", key));
}

public interface IStreamReaderGrain : IGrainWithStringKey
{
    Task SubscribeAsync(string key, int expected, int failures);

    Task<List<int>> ItemsAsync();

    Task<int> FailuresAsync();
}

public sealed class StreamReaderGrain : Grain, IStreamReaderGrain
{
    private readonly List<int> _items = [];
    private int _expected = int.MaxValue;
    private int _failuresLeft;
    private int _failures;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var stream = Numbers(this.GetPrimaryKeyString());
        foreach (var handle in await stream.GetAllSubscriptionHandles())
        {
            await handle.ResumeAsync((item, _) =>
            {
                _items.Add(item);
                Gates.Open(this.GetPrimaryKeyString() + "-resumed");
                return Task.CompletedTask;
            });
        }
    }

    public async Task SubscribeAsync(string key, int expected, int failures)
    {
        _expected = expected;
        _failuresLeft = failures;
        await Numbers(key).SubscribeAsync((item, _) => TakeAsync(item));
    }

    public Task<List<int>> ItemsAsync() => Task.FromResult(_items);

    public Task<int> FailuresAsync() => Task.FromResult(_failures);

    private IAsyncStream<int> Numbers(string key) => this.GetStreamProvider("streams").GetStream<int>(StreamId.Create("numbers", key));

    private Task TakeAsync(int item)
    {
        if (item == 5 && _failuresLeft > 0)
        {
            _failuresLeft--;
            _failures++;
            throw new InvalidOperationException("again, please");
        }

        _items.Add(item);
        if (_items.Count == _expected)
        {
            Gates.Open(this.GetPrimaryKeyString() + "-full");
        }

        return Task.CompletedTask;
    }
}

public interface INewsGrain : IGrainWithStringKey;

[ImplicitStreamSubscription("news")]
public sealed class NewsGrain : Grain, INewsGrain, IStreamSubscriptionObserver
{
    public async Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory)
        => await handleFactory.Create<string>().ResumeAsync((item, _) =>
        {
            Gates.Open(this.GetPrimaryKeyString(), item);
            return Task.CompletedTask;
        });
}
