using OrleansEmbedded.Invocation;

namespace Orleans.Runtime;

/// <summary>Values that flow with calls: set before a call, seen by the grain and by what it calls. Changes made by the callee do not flow back.</summary>
public static class RequestContext
{
    /// <summary>The reentrancy section of the current call chain; empty outside one.</summary>
    public static Guid ReentrancyId
    {
        get => CallContext.Current?.ReentrancyId ?? Guid.Empty;
        set => CallContext.Current = (CallContext.Current ?? CallContext.Empty).WithReentrancy(value);
    }

    /// <summary>The keys set.</summary>
    public static IEnumerable<string> Keys => CallContext.Current?.Values.Keys ?? [];

    /// <summary>The entries set.</summary>
    public static IEnumerable<KeyValuePair<string, object>> Entries => CallContext.Current?.Values ?? [];

    /// <summary>The value of a key; null when not set.</summary>
    public static object? Get(string key) => CallContext.Current?.Values.GetValueOrDefault(key);

    /// <summary>Sets a value for calls made from here on in this flow. Values must be immutable or serializable.</summary>
    public static void Set(string key, object value)
        => CallContext.Current = (CallContext.Current ?? CallContext.Empty).With(key, value);

    /// <summary>Removes a value; false when it was not set.</summary>
    public static bool Remove(string key)
    {
        if (CallContext.Current is not { } current || !current.Values.ContainsKey(key))
        {
            return false;
        }

        CallContext.Current = current.Without(key);
        return true;
    }

    /// <summary>Removes all values.</summary>
    public static void Clear() => CallContext.Current = null;

    /// <summary>Until disposed, calls that come back to the current grain in the chain of the current call may interleave.</summary>
    public static ReentrancySection AllowCallChainReentrancy()
    {
        var before = ReentrancyId;
        var section = new ReentrancySection(before, before == Guid.Empty ? OrleansEmbedded.Identity.UniqueIds.Next() : before);
        OrleansEmbedded.Activation.GrainActivation.Current?.OnEnterReentrantSection(ReentrancyId);
        return section;
    }

    /// <summary>Until disposed, calls do not carry the reentrancy of the chain.</summary>
    public static ReentrancySection SuppressCallChainReentrancy() => new(ReentrancyId, Guid.Empty);

    /// <summary>A stretch of a method with its own reentrancy.</summary>
    public readonly struct ReentrancySection : IDisposable
    {
        private readonly Guid _original;
        private readonly Guid _new;

        /// <summary>Begins the stretch.</summary>
        public ReentrancySection(Guid originalReentrancyId, Guid newReentrancyId)
        {
            _original = originalReentrancyId;
            _new = newReentrancyId;
            ReentrancyId = newReentrancyId;
        }

        /// <summary>Ends the stretch.</summary>
        public void Dispose()
        {
            if (_new != Guid.Empty)
            {
                OrleansEmbedded.Activation.GrainActivation.Current?.OnExitReentrantSection(_new);
            }

            ReentrancyId = _original;
        }
    }
}
