using System.Globalization;
using VoiceOrdering.Media.Legs;

namespace VoiceOrdering.Api.Calls;

/// <summary>Ends everything a call holds, in an order that loses nothing: words first, then notices, then media and provider.</summary>
internal sealed class CallTeardown(CallParts parts)
{
    private readonly CallContext _context = parts.Context;

    /// <summary>Closes leg, provider and line, at most for <see cref="CallSettings.TeardownTimeout"/>.</summary>
    public async Task RunAsync(CallEnd end, Task conversationFinished)
    {
        TimeSpan limit = _context.Settings.TeardownTimeout;
        Task told = parts.Line.CompleteAsync();
        try
        {
            await Task.WhenAll(HangUpAsync(end), parts.Link.CloseAsync(), conversationFinished, told).WaitAsync(limit, _context.Time);
        }
        catch (TimeoutException)
        {
            _context.Metrics.VoiceError("TEARDOWN_TIMEOUT");
            CallLog.TeardownLate(_context.Logger, limit.TotalSeconds);
        }

        _context.Metrics.Ended(end);
    }

    /// <summary>One line of figures.</summary>
    public string Describe(TimeSpan lasted)
    {
        (CallCounters counters, BridgeAudio audio, SessionLine line) = (parts.Counters, parts.Audio, parts.Line);
        LegStats? leg = _context.Leg?.GetStats();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"lastedMs={(long)lasted.TotalMilliseconds} callerTurns={counters.CallerTurns} typedTurns={counters.TypedTurns} " +
            $"assistantTurns={counters.AssistantTurns} heardMs={counters.HeardMs} bargeIns={counters.BargeIns} tools={counters.ToolCalls} " +
            $"toolRepeats={counters.ToolRepeats} responses={counters.Responses} responsesFailed={counters.ResponsesFailed} " +
            $"responsesRefused={counters.ResponsesRefused} providerSessions={counters.ProviderSessions} providerLosses={counters.ProviderLosses} " +
            $"providerErrors={counters.ProviderErrors} staleEvents={counters.StaleEvents} lateAudio={counters.LateAudio} " +
            $"rejectedMoves={counters.RejectedMoves} noticesDropped={line.Dropped} noticesLost={line.Lost} " +
            $"callerFrames={audio.Frames} framesWithoutProvider={audio.FramesWithoutProvider} framesRefused={audio.FramesRefused} " +
            $"framesPlayed={parts.Playout.PlayedFrames} codec={leg?.Codec ?? "none"} connectMs={leg?.ConnectMs ?? 0:F0} " +
            $"packetsLost={leg?.PacketsLost ?? 0} jitterMs={leg?.JitterMs ?? 0:F1}");
    }

    private async Task HangUpAsync(CallEnd end)
    {
        if (_context.Leg is not { } leg)
        {
            return;
        }

        await leg.HangUpAsync(end switch
        {
            { Result: "completed" } => LegEndReason.Completed,
            { Result: "replaced" } => LegEndReason.Replaced,
            { Reason: "SERVER_STOPPING" } => LegEndReason.ServerStopping,
            _ => LegEndReason.Failed,
        });
        await leg.DisposeAsync();
    }
}
