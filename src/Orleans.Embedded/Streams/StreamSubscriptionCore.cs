using Orleans.Runtime;

namespace Orleans.Streams.Core;

/// <summary>Implemented by grains that want to be told of subscriptions when they are activated by one.</summary>
public interface IStreamSubscriptionObserver
{
    /// <summary>A subscription of this grain has items; attach an observer with <c>handleFactory.Create&lt;T&gt;().ResumeAsync</c>.</summary>
    Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory);
}

/// <summary>Makes the handle of a subscription.</summary>
public interface IStreamSubscriptionHandleFactory
{
    /// <summary>The stream.</summary>
    StreamId StreamId { get; }

    /// <summary>The provider's name.</summary>
    string ProviderName { get; }

    /// <summary>The subscription.</summary>
    GuidId SubscriptionId { get; }

    /// <summary>Makes the handle; <typeparamref name="T"/> is the type of the items.</summary>
    StreamSubscriptionHandle<T> Create<T>();
}
