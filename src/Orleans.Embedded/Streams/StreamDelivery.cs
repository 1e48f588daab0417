using Orleans.CodeGeneration;
using Orleans.Runtime;
using Orleans.Streams;
using Orleans.Streams.Core;
using OrleansEmbedded.Activation;
using OrleansEmbedded.Hosting;
using OrleansEmbedded.Invocation;

namespace OrleansEmbedded.Streams;

/// <summary>Brings a stream's events to one subscription, in order, each again until it is accepted or its time is over.</summary>
internal sealed class StreamDelivery(StreamChannel channel, StreamSubscriptionRecord subscription)
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(10);
    private static readonly GrainMethod Deliver = new(typeof(IStreamHandler), "Deliver", InvokeMethodOptions.None, null, () => typeof(IStreamHandler).GetMethod(nameof(IStreamHandler.NextAsync))!);

    private int _pumping;
    private int _wakes;
    private volatile bool _stopped;

    public StreamSubscriptionRecord Subscription => subscription;

    public long Cursor { get; set; }

    public void Stop() => _stopped = true;

    public void Wake()
    {
        Interlocked.Increment(ref _wakes);
        if (Interlocked.Exchange(ref _pumping, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static delivery => _ = delivery.PumpAsync(), this, preferLocal: false);
        }
    }

    private async Task PumpAsync()
    {
        while (true)
        {
            var seen = Volatile.Read(ref _wakes);
            while (!_stopped && channel.Peek(this, channel.Hub.Options.BatchContainerBatchSize) is { Count: > 0 } items)
            {
                await DeliverAsync(items);
            }

            Volatile.Write(ref _pumping, 0);
            if (seen == Volatile.Read(ref _wakes) || Interlocked.Exchange(ref _pumping, 1) != 0)
            {
                return;
            }
        }
    }

    private async Task DeliverAsync(IReadOnlyList<StreamItem> items)
    {
        var began = channel.Hub.Time.GetTimestamp();
        var retry = FirstRetry;
        while (!_stopped)
        {
            try
            {
                var delivered = await SendAsync(items, null);
                channel.Advance(this, items[delivered - 1]);
                return;
            }
            catch (Exception failure)
            {
                if (channel.Hub.Time.GetElapsedTime(began) > channel.Hub.Options.MaxEventDeliveryTime)
                {
                    await GiveUpAsync(items, failure);
                    return;
                }
            }

            await Task.Delay(retry, channel.Hub.Time);
            retry = retry * 2 > LongestRetry ? LongestRetry : retry * 2;
        }
    }

    private async Task GiveUpAsync(IReadOnlyList<StreamItem> items, Exception failure)
    {
        if (channel.Hub.Cluster.Silos is [var silo, ..])
        {
            silo.Log.StreamDeliveryFailed(channel.Id.ToString(), subscription.Subscriber, failure);
        }

        try
        {
            await SendAsync(items, failure);
        }
        catch (Exception last)
        {
            if (channel.Hub.Cluster.Silos is [var other, ..])
            {
                other.Log.StreamDeliveryFailed(channel.Id.ToString(), subscription.Subscriber, last);
            }
        }

        channel.Advance(this, items[0]);
    }

    private Task<int> SendAsync(IReadOnlyList<StreamItem> items, Exception? failure)
    {
        ClusterNode node = channel.Hub.Cluster.Silos is [var silo, ..]
            ? silo
            : throw new SiloUnavailableException("No silo serves streams.");
        var reference = (GrainProxy)node.CreateUntypedReference(subscription.Subscriber);
        return reference.SendQueued(new DeliverCall(this, items, failure) { Reference = reference });
    }

    private sealed class DeliverCall(StreamDelivery delivery, IReadOnlyList<StreamItem> items, Exception? failure) : ResultCall<int>
    {
        public override GrainMethod Method => Deliver;

        protected override async Task<int> Execute(object target)
        {
            var consumer = Target is GrainActivation activation
                ? activation.Parts.GetOrAddComponent(static () => new StreamConsumer())
                : (StreamConsumer)target;
            var handler = consumer.Find(delivery.Subscription.Id);
            if (handler is null && target is IStreamSubscriptionObserver observer && Target is GrainActivation own)
            {
                await observer.OnSubscribed(new HandleFactory(own, delivery));
                handler = consumer.Find(delivery.Subscription.Id);
            }

            // Nobody has attached since the activation came: the events pass, as they would for a subscriber that is not there.
            if (handler is null)
            {
                return items.Count;
            }

            if (failure is not null)
            {
                await handler.FailedAsync(failure);
                return 1;
            }

            switch (items[0].Kind)
            {
                case StreamEventKind.Completed:
                    await handler.CompletedAsync();
                    return 1;
                case StreamEventKind.Failed:
                    await handler.FailedAsync((Exception)items[0].Value!);
                    return 1;
                default:
                    return await handler.NextAsync(items);
            }
        }
    }

    private sealed class HandleFactory(GrainActivation activation, StreamDelivery delivery) : IStreamSubscriptionHandleFactory
    {
        public StreamId StreamId => delivery.Subscription.StreamId;

        public string ProviderName => delivery.Channel.Hub.Name;

        public GuidId SubscriptionId { get; } = GuidId.GetGuidId(delivery.Subscription.Id);

        public StreamSubscriptionHandle<T> Create<T>()
            => new MemoryStreamHandle<T>((MemoryStreamProvider)StreamProviders.Find(activation, ProviderName), delivery.Subscription);
    }

    private StreamChannel Channel => channel;
}
