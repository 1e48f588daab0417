using Orleans.Providers.Streams.Common;
using Orleans.Runtime;

namespace OrleansEmbedded.Streams;

internal enum StreamEventKind
{
    Items,
    Completed,
    Failed,
}

/// <summary>An event of a stream at its place; the position counts events from the stream's begin. The value is never changed after it was published.</summary>
internal sealed record StreamItem(long Position, long Sequence, int Index, StreamEventKind Kind, object? Value)
{
    public EventSequenceToken Token => new(Sequence, Index);
}

internal sealed record StreamSubscriptionRecord(Guid Id, StreamId StreamId, GrainId Subscriber, bool IsImplicit = false);
