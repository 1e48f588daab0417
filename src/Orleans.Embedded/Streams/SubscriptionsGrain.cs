using Orleans;
using Orleans.Runtime;

namespace OrleansEmbedded.Streams;

[GrainType("sys.streams.subscriptions")]
internal sealed class SubscriptionsGrain([PersistentState("subscriptions", SubscriptionsGrain.StorageName)] IPersistentState<StoredSubscriptions> stored)
    : Grain, ISubscriptionsGrain
{
    /// <summary>The name Orleans uses. Without a storage of that name subscriptions live as long as the process.</summary>
    public const string StorageName = "PubSubStore";

    /// <summary>Explicit subscriptions of one stream. Over it a new one is refused.</summary>
    public const int MaxSubscriptions = 10_000;

    public Task<List<StoredSubscription>> ReadAsync() => Task.FromResult(stored.State.All);

    public Task AddAsync(StoredSubscription subscription)
    {
        if (stored.State.All.Count >= MaxSubscriptions)
        {
            throw new LimitExceededException("StreamSubscriptions", stored.State.All.Count, MaxSubscriptions, this.GetPrimaryKeyString());
        }

        return ChangeAsync(all => all.Add(subscription));
    }

    public Task RemoveAsync(Guid subscriptionId)
        => stored.State.All.Exists(known => known.Id == subscriptionId) ? ChangeAsync(all => all.RemoveAll(known => known.Id == subscriptionId)) : Task.CompletedTask;

    private async Task ChangeAsync(Action<List<StoredSubscription>> change)
    {
        var before = stored.State.All;
        var after = new List<StoredSubscription>(before);
        change(after);
        stored.State.All = after;
        try
        {
            await stored.WriteStateAsync();
        }
        catch
        {
            stored.State.All = before;
            throw;
        }
    }
}
