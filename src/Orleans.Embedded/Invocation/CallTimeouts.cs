using System.Text;
using OrleansEmbedded.Activation;
using OrleansEmbedded.Hosting;

namespace OrleansEmbedded.Invocation;

/// <summary>Ends calls whose time is over and tells what they waited for.</summary>
internal static class CallTimeouts
{
    private const int LongestChain = 16;

    /// <summary>
    /// Ends calls. <paramref name="notBegun"/> gives the calls that have not begun and that another call made: what an expired call waits for
    /// is one of them. All are explained before the first is ended, because an ended call resumes its caller, which then leaves the chain.
    /// </summary>
    public static void Expire(List<GrainCall> calls, ClusterNode node, Lazy<List<GrainCall>> notBegun)
    {
        var failures = calls.ConvertAll(call => new TimeoutException(
            $"No answer from {Describe(call)} within {call.Method.ResponseTimeout ?? node.ResponseTimeout}. {Explain(call, notBegun)}"));
        foreach (var (call, failure) in calls.Zip(failures))
        {
            if (!call.TryFail(failure))
            {
                continue;
            }

            node.Instruments.CallTimedOut();
            if (node.CancelOnTimeout)
            {
                call.CancelAtTarget();
            }
        }
    }

    private static string Describe(GrainCall call) => $"{call.Method} of {call.Reference.GrainId}";

    private static string Explain(GrainCall call, Lazy<List<GrainCall>> notBegun)
    {
        if (call.Target is not null)
        {
            return notBegun.Value.Find(other => other.Target is null && IsBelow(other, call)) is { } inner
                ? $"It has begun and waits for {Describe(inner)}. {Explain(inner, notBegun)}"
                : "It has begun and is not done.";
        }

        var target = call.Reference.Node.Cluster.Directory.Find(call.Reference.GrainId);
        if (target is null)
        {
            return "It has not begun.";
        }

        if (target.OldestRunning is not { } blocker)
        {
            return $"It has not begun: the activation is {target.State} and {target.WaitingCount} calls wait.";
        }

        return IsInChainOf(call, target)
            ? $"Deadlock: the call chain {Chain(call)} comes back to a grain that waits for it. Make the grain [Reentrant], the method [AlwaysInterleave], or use RequestContext.AllowCallChainReentrancy."
            : $"It has not begun: the grain is busy with {Describe(blocker)} and {target.WaitingCount} calls wait. Call chain: {Chain(call)}.";
    }

    private static bool IsBelow(GrainCall call, GrainCall origin)
    {
        var link = call.Parent;
        for (var length = 0; link is not null && length < LongestChain; link = link.Parent, length++)
        {
            if (ReferenceEquals(link, origin))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsInChainOf(GrainCall call, GrainActivation target)
    {
        var source = call;
        for (var length = 0; source is not null && length < LongestChain; source = source.Parent, length++)
        {
            if (ReferenceEquals(source.Source, target))
            {
                return true;
            }
        }

        return false;
    }

    private static string Chain(GrainCall call)
    {
        var links = new List<string>();
        for (var link = call; link is not null && links.Count < LongestChain; link = link.Parent)
        {
            links.Add(Describe(link));
        }

        links.Reverse();
        return new StringBuilder().AppendJoin(" -> ", links).ToString();
    }
}
