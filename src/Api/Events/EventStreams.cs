using VoiceOrdering.Api.Hosting;
using VoiceOrdering.Api.Identity;
using VoiceOrdering.Api.Observability;
using VoiceOrdering.Api.Problems;

namespace VoiceOrdering.Api.Events;

/// <summary>Admits event streams up to the limits, ends them when the token expires or the service stops, and counts how they ended.</summary>
internal sealed class EventStreams(ApiLimits limits, ApiMetrics metrics, RevocationView revocations, IHostApplicationLifetime lifetime, ILogger<EventStreams> logger)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _open = new(StringComparer.Ordinal);
    private int _total;

    /// <summary>
    /// Runs a stream: <paramref name="source"/> starts feeding it (or answers with a problem, then nothing is streamed) and returns what to undo at its end.
    /// </summary>
    public async Task<IResult> RunAsync(HttpContext http, string feed, Func<EventStream, Task<(ApiProblem? Problem, IAsyncDisposable? Source)>> source)
    {
        var subject = http.Caller().Subject;
        if (!TryEnter(subject))
        {
            return new ApiProblem(429, "STREAMS_EXHAUSTED", "Too many event streams are open; close one first.") { RetryAfter = TimeSpan.FromSeconds(5) };
        }

        using var stream = new EventStream(limits, revocations.Clock);
        metrics.StreamOpened(feed);
        try
        {
            var (problem, feeding) = await source(stream);
            if (problem is not null)
            {
                stream.End(StreamEnd.SourceEnded);
                return problem;
            }

            await using (feeding)
            {
                using var stopping = lifetime.ApplicationStopping.Register(() => stream.End(StreamEnd.Stopping));
                await using var expiry = ExpiryTimer(http, stream);
                using var revoked = revocations.WhenRevoked(subject, http.User.FindFamily(), http.User.FindIssuedAt(), () => stream.End(StreamEnd.TokenRevoked));
                await stream.WriteAsync(http);
            }

            return Results.Empty;
        }
        catch (Exception)
        {
            stream.End(StreamEnd.Fault);
            throw;
        }
        finally
        {
            Leave(subject);
            metrics.StreamEnded(feed, stream.EndReason);
            logger.LogInformation("Event stream of {Feed} ended: {Reason}", feed, stream.EndReason);
        }
    }

    private ITimer? ExpiryTimer(HttpContext http, EventStream stream)
    {
        if (http.TokenExpiresAt() is not { } end)
        {
            return null;
        }

        var left = end - revocations.Clock.GetUtcNow();
        return revocations.Clock.CreateTimer(_ => stream.End(StreamEnd.TokenExpired), null, left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private bool TryEnter(string subject)
    {
        lock (_gate)
        {
            var own = _open.GetValueOrDefault(subject);
            if (_total >= limits.EventStreams || own >= limits.EventStreamsPerCaller)
            {
                return false;
            }

            _open[subject] = own + 1;
            _total++;
            return true;
        }
    }

    private void Leave(string subject)
    {
        lock (_gate)
        {
            _total--;
            var own = _open[subject] - 1;
            if (own == 0)
            {
                _open.Remove(subject);
            }
            else
            {
                _open[subject] = own;
            }
        }
    }
}
