namespace OrleansEmbedded.Streams;

/// <summary>An explicit subscription of a grain as it is stored.</summary>
[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("orleans.embedded.StoredSubscription")]
internal sealed record StoredSubscription
{
    [Orleans.Id(0)]
    public Guid Id { get; init; }

    /// <summary>The subscriber's grain id.</summary>
    [Orleans.Id(1)]
    public string Subscriber { get; init; } = string.Empty;
}

/// <summary>The explicit subscriptions of one stream.</summary>
[Orleans.GenerateSerializer, Orleans.Alias("orleans.embedded.StoredSubscriptions")]
internal sealed class StoredSubscriptions
{
    [Orleans.Id(0)]
    public List<StoredSubscription> All { get; set; } = [];
}
