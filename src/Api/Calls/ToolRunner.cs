using VoiceOrdering.Realtime;
using VoiceOrdering.Sessions;

namespace VoiceOrdering.Api.Calls;

/// <summary>The answer to a tool call on its way back to the model.</summary>
/// <param name="Call">What was asked.</param>
/// <param name="ResponseId">Answer that asked for it.</param>
/// <param name="Answer">What the model gets.</param>
internal sealed record ToolResult(ToolCall Call, string ResponseId, ToolAnswer Answer);

/// <summary>
/// Runs the model's tool calls at the session grain, one after the other in the order asked, because each may build on the one before.
/// The provider's call id is the key: a call repeated on the wire is answered once, and a call whose answer got lost is repeated
/// under the same id, which the grain answers from its ledger.
/// </summary>
internal sealed class ToolRunner(CallContext context, BridgeMailbox mailbox)
{
    /// <summary>What the model gets when it is unknown whether the tool ran.</summary>
    public const string UnknownOutcomeJson =
        """{"ok":false,"code":"TOOL_TIMED_OUT","message":"It is not known whether this was done. Read the cart before you try it again."}""";

    /// <summary>What the model gets when too many calls wait.</summary>
    public const string OverloadedJson =
        """{"ok":false,"code":"TOOLS_OVERLOADED","message":"Too many calls at once. This was not done; try it again after the others."}""";

    private static readonly TimeSpan s_retryWait = TimeSpan.FromMilliseconds(250);

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private Task _tail = Task.CompletedTask;

    /// <summary>Calls without an answer yet. Loop only.</summary>
    public int Outstanding { get; private set; }

    /// <summary>Starts a call; the answer comes as <see cref="BridgeInputKind.ToolAnswered"/>. False when the call id was seen before.</summary>
    public bool TryStart(ToolCallRequested request, int generation)
    {
        if (!_seen.Add(request.CallId))
        {
            return false;
        }

        var call = new ToolCall(request.CallId, request.Name, request.ArgumentsJson);
        Outstanding++;
        if (Outstanding > context.Settings.MaxPendingTools)
        {
            context.Metrics.LimitReached("pending_tools");
            mailbox.Tell(BridgeInputKind.ToolAnswered, new ToolResult(call, request.ResponseId, new ToolAnswer(OverloadedJson, false, false)), generation);
            return true;
        }

        _tail = RunAfterAsync(_tail, call, request.ResponseId, generation);
        return true;
    }

    /// <summary>To be called by the loop for each answer.</summary>
    public void OnAnswered() => Outstanding--;

    /// <summary>A new provider session: its call ids are its own.</summary>
    public void Forget() => _seen.Clear();

    /// <summary>Completes when no call is running any more; once the mailbox is closed that is soon, what runs at the grain runs to its end there.</summary>
    public Task StopAsync() => _tail;

    private async Task RunAfterAsync(Task previous, ToolCall call, string responseId, int generation)
    {
        await previous;
        long startedAt = context.Time.GetTimestamp();
        ToolAnswer answer = await RunAsync(call, startedAt);
        context.Metrics.ToolRan(context.Time.GetElapsedTime(startedAt), call.Name);
        mailbox.Tell(BridgeInputKind.ToolAnswered, new ToolResult(call, responseId, answer), generation);
    }

    private async Task<ToolAnswer> RunAsync(ToolCall call, long startedAt)
    {
        TimeSpan limit = context.Settings.ToolTimeout;
        for (int attempt = 1; ; attempt++)
        {
            TimeSpan left = limit - context.Time.GetElapsedTime(startedAt);
            if (left <= TimeSpan.Zero || mailbox.Closed.IsCancellationRequested)
            {
                context.Metrics.VoiceError("TOOL_TIMED_OUT");
                return new ToolAnswer(UnknownOutcomeJson, false, false);
            }

            try
            {
                return await context.Grain.ExecuteToolAsync(context.BridgeId, call).WaitAsync(left, context.Time, mailbox.Closed);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                CallLog.ToolFailed(context.Logger, call.Name, attempt, exception);
            }

            try
            {
                await Task.Delay(s_retryWait, context.Time, mailbox.Closed);
            }
            catch (OperationCanceledException)
            {
                // The next round sees the stop and gives up.
            }
        }
    }
}
