namespace VoiceOrdering.Grains.Tests.Properties;

/// <summary>One call of a history.</summary>
/// <param name="InvokedAt">Position at which it was sent.</param>
/// <param name="ReturnedAt">Position at which its answer came; <see cref="long.MaxValue"/> when the answer was lost, so that it may have had its effect at any time, or never.</param>
/// <param name="Call">What was asked.</param>
/// <param name="Answer">What was answered; null when the answer was lost.</param>
internal sealed record Operation<TCall, TAnswer>(long InvokedAt, long ReturnedAt, TCall Call, TAnswer? Answer) where TAnswer : class
{
    public bool IsLost => ReturnedAt == long.MaxValue;
}

/// <summary>A thing that does one call after the other.</summary>
internal interface ISequentialModel<TState, TCall, TAnswer> where TState : notnull where TAnswer : class
{
    /// <summary>State before the first call; states are compared by value.</summary>
    TState Initial { get; }

    /// <summary>Every way the call can go.</summary>
    IEnumerable<(TAnswer Answer, TState Next)> Apply(TState state, TCall call);
}

/// <summary>
/// Whether a concurrent history can be put in a line, each call between being sent and being answered, so that a sequential model gives the same answers
/// (Herlihy and Wing, Linearizability, ACM TOPLAS 12(3), 1990; search with memory as in Wing and Gong, JPDC 17, 1993, and Lowe, 2017).
/// </summary>
internal static class Linearizability
{
    private const int MostOperations = 64;

    public static bool Explains<TState, TCall, TAnswer>(ISequentialModel<TState, TCall, TAnswer> model, IReadOnlyList<Operation<TCall, TAnswer>> history)
        where TState : notnull where TAnswer : class
    {
        if (history.Count > MostOperations) throw new ArgumentException($"At most {MostOperations} operations.", nameof(history));
        var answered = history.Select((operation, at) => operation.IsLost ? 0UL : 1UL << at).Aggregate(0UL, (all, one) => all | one);
        var seen = new HashSet<(ulong Done, TState State)>();
        return Search(0, model.Initial);

        bool Search(ulong done, TState state)
        {
            if ((done & answered) == answered) return true;
            if (!seen.Add((done, state))) return false;
            // Nothing can come first that was sent only after another pending call had been answered.
            var horizon = long.MaxValue;
            for (var at = 0; at < history.Count; at++)
                if ((done & (1UL << at)) == 0) horizon = Math.Min(horizon, history[at].ReturnedAt);
            for (var at = 0; at < history.Count; at++)
            {
                var operation = history[at];
                if ((done & (1UL << at)) != 0 || operation.InvokedAt > horizon) continue;
                foreach (var (answer, next) in model.Apply(state, operation.Call))
                    if ((operation.IsLost || answer.Equals(operation.Answer)) && Search(done | (1UL << at), next)) return true;
            }
            return false;
        }
    }
}
