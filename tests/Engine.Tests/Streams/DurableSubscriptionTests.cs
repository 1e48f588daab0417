using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Storage;
using Orleans.Streams;
using Orleans.TestingHost;
using VoiceOrdering.Engine.Tests.Support;
using VoiceOrdering.TestKit.Time;

namespace VoiceOrdering.Engine.Tests.Streams;

/// <summary>Explicit subscriptions are stored where Orleans stores them, in the grain storage named PubSubStore.</summary>
public sealed class DurableSubscriptionTests
{
    private readonly ConcurrentDictionary<(string, GrainId), (BinaryData, string)> _rows = new();

    [Fact]
    public async Task A_subscription_survives_the_restart_of_every_silo()
    {
        var key = Gates.New("restarted");
        await using (var before = await StartAsync())
        {
            await before.Client.GetGrain<IStreamReaderGrain>(key).SubscribeAsync(key, 1, 0);
            await Stream(before, key).OnNextAsync(1);
            await Await.Of(Gates.Reached(key + "-full"), "an item before the restart");
        }

        await using var after = await StartAsync();
        await Stream(after, key).OnNextAsync(2);

        await Await.Of(Gates.Reached(key + "-resumed"), "an item after the restart");
        (await after.Client.GetGrain<IStreamReaderGrain>(key).ItemsAsync()).ShouldBe([2]);
    }

    [Fact]
    public async Task A_subscription_that_was_ended_stays_ended_after_a_restart()
    {
        var key = Gates.New("ended");
        await using (var before = await StartAsync())
        {
            await before.Client.GetGrain<ISubscriberGrain>(key).SubscribeAsync(key);
            (await before.Client.GetGrain<ISubscriberGrain>(key).HandlesAsync(key)).ShouldBe(1);
            await before.Client.GetGrain<ISubscriberGrain>(key).UnsubscribeAsync(key);
        }

        await using var after = await StartAsync();

        (await after.Client.GetGrain<ISubscriberGrain>(key).HandlesAsync(key)).ShouldBe(0);
    }

    [Fact]
    public async Task A_subscription_is_confirmed_only_when_it_is_stored()
    {
        var key = Gates.New("unstored");
        await using var cluster = await StartAsync(isBroken: true);

        await Should.ThrowAsync<InvalidOperationException>(() => cluster.Client.GetGrain<ISubscriberGrain>(key).SubscribeAsync(key));
    }

    [Fact]
    public async Task Streams_nobody_uses_are_forgotten_and_their_subscriptions_are_not()
    {
        var time = new ManualTimeProvider();
        var key = Gates.New("unused");
        await using var cluster = await StartAsync(time: time);
        await cluster.Client.GetGrain<IStreamReaderGrain>(key).SubscribeAsync(key, 1, 0);
        await Stream(cluster, key).OnNextAsync(1);
        await Await.Of(Gates.Reached(key + "-full"), "an item before");
        await cluster.DeactivateAsync(cluster.Client.GetGrain<IStreamReaderGrain>(key));
        var (_, first) = await Stream(cluster, key + "-token").FirstFromAsync(null, 5);
        (await Stream(cluster, key + "-token").FirstFromAsync(first, 6)).Item.ShouldBe(5);

        time.Advance(TimeSpan.FromHours(1));
        for (var stream = 0; stream < 2000; stream++)
        {
            await Stream(cluster, $"{key}-{stream}").OnNextAsync(stream);
        }

        await Stream(cluster, key).OnNextAsync(2);
        await Await.Of(Gates.Reached(key + "-resumed"), "an item after");

        // What a stream keeps of its past is gone with it, and its numbers go on rising.
        var (item, token) = await Stream(cluster, key + "-token").FirstFromAsync(first, 7);
        item.ShouldBe(7);
        token.Newer(first).ShouldBeTrue();
    }

    private async Task<InProcessTestCluster> StartAsync(bool isBroken = false, TimeProvider? time = null)
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) => silo.AddMemoryStreams("streams").ConfigureServices(services =>
        {
            services.AddSingleton(time ?? TimeProvider.System);
            services.AddKeyedSingleton<IGrainStorage>(
                "PubSubStore", (provider, _) => isBroken ? new BrokenStorage() : new KeptStorage(_rows, provider.GetRequiredService<IGrainStorageSerializer>()));
        }));
        builder.ConfigureClient(client => client.AddMemoryStreams("streams"));
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return cluster;
    }

    private static IAsyncStream<int> Stream(InProcessTestCluster cluster, string key)
        => cluster.Client.GetStreamProvider("streams").GetStream<int>(StreamId.Create("numbers", key));

    private sealed class BrokenStorage : IGrainStorage
    {
        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Task.CompletedTask;

        public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => throw new InvalidOperationException("the disk is full");

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Task.CompletedTask;
    }
}

internal static class StreamTokens
{
    /// <summary>Publishes an item and gives the first one that a subscription from a token on brings.</summary>
    public static async Task<(int Item, StreamSequenceToken Token)> FirstFromAsync(this IAsyncStream<int> stream, StreamSequenceToken? from, int publishes)
    {
        var got = new TaskCompletionSource<(int, StreamSequenceToken)>(TaskCreationOptions.RunContinuationsAsynchronously);
        var handle = await stream.SubscribeAsync(
            (item, token) =>
            {
                got.TrySetResult((item, token!));
                return Task.CompletedTask;
            },
            from);
        await stream.OnNextAsync(publishes);
        var first = await Await.Of(got.Task, "an item");
        await handle.UnsubscribeAsync();
        return first;
    }
}

public interface ISubscriberGrain : IGrainWithStringKey
{
    Task SubscribeAsync(string key);

    Task UnsubscribeAsync(string key);

    Task<int> HandlesAsync(string key);
}

public sealed class SubscriberGrain : Grain, ISubscriberGrain
{
    public Task SubscribeAsync(string key) => Stream(key).SubscribeAsync((_, _) => Task.CompletedTask);

    public async Task UnsubscribeAsync(string key)
    {
        foreach (var handle in await Stream(key).GetAllSubscriptionHandles())
        {
            await handle.UnsubscribeAsync();
        }
    }

    public async Task<int> HandlesAsync(string key) => (await Stream(key).GetAllSubscriptionHandles()).Count;

    private IAsyncStream<int> Stream(string key) => this.GetStreamProvider("streams").GetStream<int>(StreamId.Create("numbers", key));
}
