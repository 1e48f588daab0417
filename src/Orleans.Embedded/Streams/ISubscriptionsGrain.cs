using Orleans;

namespace OrleansEmbedded.Streams;

/// <summary>Keeps the explicit subscriptions of one stream in the storage named <see cref="SubscriptionsGrain.StorageName"/>; the key names provider and stream.</summary>
internal interface ISubscriptionsGrain : IGrainWithStringKey
{
    Task<List<StoredSubscription>> ReadAsync();

    /// <summary>Completes when the subscription is stored.</summary>
    Task AddAsync(StoredSubscription subscription);

    /// <summary>Completes when the subscription is gone from storage.</summary>
    Task RemoveAsync(Guid subscriptionId);
}
