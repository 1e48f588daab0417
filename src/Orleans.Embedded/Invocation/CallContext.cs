using System.Collections.Immutable;

namespace OrleansEmbedded.Invocation;

/// <summary>The immutable values of <see cref="Orleans.Runtime.RequestContext"/> that travel with a call.</summary>
internal sealed class CallContext
{
    public static readonly CallContext Empty = new(ImmutableDictionary<string, object>.Empty, Guid.Empty);

    private static readonly AsyncLocal<CallContext?> Flow = new();

    private CallContext(ImmutableDictionary<string, object> values, Guid reentrancyId)
    {
        Values = values;
        ReentrancyId = reentrancyId;
    }

    public static CallContext? Current
    {
        get => Flow.Value;
        set => Flow.Value = value is { Values.Count: 0 } && value.ReentrancyId == Guid.Empty ? null : value;
    }

    public ImmutableDictionary<string, object> Values { get; }

    public Guid ReentrancyId { get; }

    public CallContext With(string key, object value) => new(Values.SetItem(key, value), ReentrancyId);

    public CallContext Without(string key) => new(Values.Remove(key), ReentrancyId);

    public CallContext WithReentrancy(Guid id) => new(Values, id);
}
