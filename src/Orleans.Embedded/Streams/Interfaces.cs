using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>Makes streams. Get it by name with <c>GetStreamProvider</c>.</summary>
public interface IStreamProvider
{
    /// <summary>The provider's name.</summary>
    string Name { get; }

    /// <summary>Whether subscriptions may start at an older token.</summary>
    bool IsRewindable { get; }

    /// <summary>A stream; it exists as soon as somebody uses it.</summary>
    IAsyncStream<T> GetStream<T>(StreamId streamId);
}

/// <summary>A stream without its item type.</summary>
public interface IAsyncStream
{
    /// <summary>Whether subscriptions may start at an older token.</summary>
    bool IsRewindable { get; }

    /// <summary>The provider's name.</summary>
    string ProviderName { get; }

    /// <summary>The stream.</summary>
    StreamId StreamId { get; }
}

/// <summary>A stream: items go to every subscription, at least once, in the order they were published by one producer.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
public interface IAsyncStream<T> : IAsyncStream, IEquatable<IAsyncStream<T>>, IComparable<IAsyncStream<T>>, IAsyncObservable<T>, IAsyncBatchObservable<T>, IAsyncBatchProducer<T>
{
    /// <summary>The subscriptions of the calling grain or client to this stream.</summary>
    Task<IList<StreamSubscriptionHandle<T>>> GetAllSubscriptionHandles();
}

/// <summary>Receives items one by one.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
public interface IAsyncObserver<in T>
{
    /// <summary>An item. A failure has it delivered again; the next item waits until this one is done.</summary>
    Task OnNextAsync(T item, StreamSequenceToken? token = null);

    /// <summary>The producer ended the stream.</summary>
    Task OnCompletedAsync();

    /// <summary>The producer or the delivery failed.</summary>
    Task OnErrorAsync(Exception ex);
}

/// <summary>Receives items in batches.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
public interface IAsyncBatchObserver<T>
{
    /// <summary>Items.</summary>
    Task OnNextAsync(IList<SequentialItem<T>> items);

    /// <summary>The producer ended the stream.</summary>
    Task OnCompletedAsync();

    /// <summary>The producer or the delivery failed.</summary>
    Task OnErrorAsync(Exception ex);
}

/// <summary>Can be subscribed to.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
public interface IAsyncObservable<T>
{
    /// <summary>Subscribes from now on. The subscription outlives the activation; a new activation resumes it.</summary>
    Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer);

    /// <summary>Subscribes from a token on.</summary>
    Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer, StreamSequenceToken? token, string? filterData = null);
}

/// <summary>Can be subscribed to in batches.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
public interface IAsyncBatchObservable<T>
{
    /// <summary>Subscribes from now on.</summary>
    Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncBatchObserver<T> observer);

    /// <summary>Subscribes from a token on.</summary>
    Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncBatchObserver<T> observer, StreamSequenceToken? token);
}

/// <summary>Publishes items. The task completes when the stream has taken them; it waits while the stream is full.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
public interface IAsyncBatchProducer<T> : IAsyncObserver<T>
{
    /// <summary>Publishes items together.</summary>
    Task OnNextBatchAsync(IEnumerable<T> batch, StreamSequenceToken? token = null);
}
