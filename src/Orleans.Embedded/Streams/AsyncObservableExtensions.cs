using OrleansEmbedded.Streams;

namespace Orleans.Streams;

/// <summary>Subscribing with functions.</summary>
public static class AsyncObservableExtensions
{
    private static readonly Func<Exception, Task> IgnoreError = _ => Task.CompletedTask;
    private static readonly Func<Task> IgnoreCompleted = () => Task.CompletedTask;

    /// <summary>Subscribes with functions.</summary>
    public static Task<StreamSubscriptionHandle<T>> SubscribeAsync<T>(this IAsyncObservable<T> obs, Func<T, StreamSequenceToken?, Task> onNextAsync, Func<Exception, Task> onErrorAsync, Func<Task> onCompletedAsync)
        => SubscribeAsync(obs, onNextAsync, onErrorAsync, onCompletedAsync, null);

    /// <summary>Subscribes with functions.</summary>
    public static Task<StreamSubscriptionHandle<T>> SubscribeAsync<T>(this IAsyncObservable<T> obs, Func<T, StreamSequenceToken?, Task> onNextAsync, Func<Exception, Task> onErrorAsync)
        => SubscribeAsync(obs, onNextAsync, onErrorAsync, IgnoreCompleted, null);

    /// <summary>Subscribes with functions.</summary>
    public static Task<StreamSubscriptionHandle<T>> SubscribeAsync<T>(this IAsyncObservable<T> obs, Func<T, StreamSequenceToken?, Task> onNextAsync, Func<Task> onCompletedAsync)
        => SubscribeAsync(obs, onNextAsync, IgnoreError, onCompletedAsync, null);

    /// <summary>Subscribes with a function.</summary>
    public static Task<StreamSubscriptionHandle<T>> SubscribeAsync<T>(this IAsyncObservable<T> obs, Func<T, StreamSequenceToken?, Task> onNextAsync)
        => SubscribeAsync(obs, onNextAsync, IgnoreError, IgnoreCompleted, null);

    /// <summary>Subscribes with functions from a token on.</summary>
    public static Task<StreamSubscriptionHandle<T>> SubscribeAsync<T>(this IAsyncObservable<T> obs, Func<T, StreamSequenceToken?, Task> onNextAsync, Func<Exception, Task> onErrorAsync, Func<Task> onCompletedAsync, StreamSequenceToken? token)
    {
        ArgumentNullException.ThrowIfNull(obs);
        return obs.SubscribeAsync(new DelegateStreamObserver<T>(onNextAsync, onErrorAsync, onCompletedAsync), token);
    }

    /// <summary>Subscribes with functions from a token on.</summary>
    public static Task<StreamSubscriptionHandle<T>> SubscribeAsync<T>(this IAsyncObservable<T> obs, Func<T, StreamSequenceToken?, Task> onNextAsync, Func<Exception, Task> onErrorAsync, StreamSequenceToken? token)
        => SubscribeAsync(obs, onNextAsync, onErrorAsync, IgnoreCompleted, token);

    /// <summary>Subscribes with functions from a token on.</summary>
    public static Task<StreamSubscriptionHandle<T>> SubscribeAsync<T>(this IAsyncObservable<T> obs, Func<T, StreamSequenceToken?, Task> onNextAsync, Func<Task> onCompletedAsync, StreamSequenceToken? token)
        => SubscribeAsync(obs, onNextAsync, IgnoreError, onCompletedAsync, token);

    /// <summary>Subscribes with a function from a token on.</summary>
    public static Task<StreamSubscriptionHandle<T>> SubscribeAsync<T>(this IAsyncObservable<T> obs, Func<T, StreamSequenceToken?, Task> onNextAsync, StreamSequenceToken? token)
        => SubscribeAsync(obs, onNextAsync, IgnoreError, IgnoreCompleted, token);
}

/// <summary>Resuming with functions.</summary>
public static class StreamSubscriptionHandleExtensions
{
    private static readonly Func<Exception, Task> IgnoreError = _ => Task.CompletedTask;
    private static readonly Func<Task> IgnoreCompleted = () => Task.CompletedTask;

    /// <summary>Resumes with functions.</summary>
    public static Task<StreamSubscriptionHandle<T>> ResumeAsync<T>(this StreamSubscriptionHandle<T> handle, Func<T, StreamSequenceToken?, Task> onNextAsync, Func<Exception, Task> onErrorAsync, Func<Task> onCompletedAsync, StreamSequenceToken? token = null)
    {
        ArgumentNullException.ThrowIfNull(handle);
        return handle.ResumeAsync(new DelegateStreamObserver<T>(onNextAsync, onErrorAsync, onCompletedAsync), token);
    }

    /// <summary>Resumes with functions.</summary>
    public static Task<StreamSubscriptionHandle<T>> ResumeAsync<T>(this StreamSubscriptionHandle<T> handle, Func<T, StreamSequenceToken?, Task> onNextAsync, Func<Exception, Task> onErrorAsync, StreamSequenceToken? token = null)
        => ResumeAsync(handle, onNextAsync, onErrorAsync, IgnoreCompleted, token);

    /// <summary>Resumes with functions.</summary>
    public static Task<StreamSubscriptionHandle<T>> ResumeAsync<T>(this StreamSubscriptionHandle<T> handle, Func<T, StreamSequenceToken?, Task> onNextAsync, Func<Task> onCompletedAsync, StreamSequenceToken? token = null)
        => ResumeAsync(handle, onNextAsync, IgnoreError, onCompletedAsync, token);

    /// <summary>Resumes with a function.</summary>
    public static Task<StreamSubscriptionHandle<T>> ResumeAsync<T>(this StreamSubscriptionHandle<T> handle, Func<T, StreamSequenceToken?, Task> onNextAsync, StreamSequenceToken? token = null)
        => ResumeAsync(handle, onNextAsync, IgnoreError, IgnoreCompleted, token);
}
