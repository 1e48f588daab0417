using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using VoiceOrdering.Api.Hosting;

namespace VoiceOrdering.Api.Events;

/// <summary>
/// One open <c>text/event-stream</c> answer (WHATWG HTML, section 9.2). Events are put in by grains' notices from any thread and written by one loop. The queue of
/// live events is bounded: a reader who lets it fill up is cut off rather than served with holes; it comes back with Last-Event-ID.
/// </summary>
internal sealed class EventStream : IDisposable
{
    private readonly Channel<(StreamEvent Event, bool IsLive)> _queue =
        Channel.CreateUnbounded<(StreamEvent Event, bool IsLive)>(new UnboundedChannelOptions { SingleReader = true });

    private readonly CancellationTokenSource _ended = new();
    private readonly ApiLimits _limits;
    private readonly TimeProvider _clock;
    private string? _endReason;
    private int _live;

    public EventStream(ApiLimits limits, TimeProvider clock)
    {
        _limits = limits;
        _clock = clock;
    }

    /// <summary>Set as soon as the stream is to end.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>Why it ended; the first reason counts.</summary>
    public string EndReason => _endReason ?? StreamEnd.ClientGone;

    /// <summary>Puts a live event in; when as many wait as the limit allows, the stream ends.</summary>
    public void Add(StreamEvent item)
    {
        if (Interlocked.Increment(ref _live) > _limits.EventQueue)
        {
            End(StreamEnd.SlowReader);
        }

        _queue.Writer.TryWrite((item, true));
    }

    /// <summary>Puts in an event that was read from where events are kept; how many those can be is that place's own limit.</summary>
    public void AddKept(StreamEvent item) => _queue.Writer.TryWrite((item, false));

    /// <summary>Ends the stream.</summary>
    public void End(string reason)
    {
        if (Interlocked.CompareExchange(ref _endReason, reason, null) is null)
        {
            _queue.Writer.TryComplete();
            try
            {
                _ended.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // The answer was over already.
            }
        }
    }

    /// <summary>Writes until the stream ends for any reason. Nothing was written before.</summary>
    public async Task WriteAsync(HttpContext http)
    {
        var response = http.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        if (http.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
        {
            // A quiet stream is no slow reader; slow ones are found by the queue and the time a flush takes.
            rate.MinDataRate = null;
        }

        using var gone = http.RequestAborted.Register(() => End(StreamEnd.ClientGone));
        await SendAsync(http, "retry: 2000\n\n");
        while (!_ended.IsCancellationRequested)
        {
            await SendAsync(http, await NextAsync());
        }

        if (EndReason == StreamEnd.SlowReader)
        {
            // What is still buffered would never be read; the client sees a broken connection and resumes.
            http.Abort();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _ended.Dispose();

    private async Task<string> NextAsync()
    {
        var waiting = _queue.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
        try
        {
            await waiting.WaitAsync(TimeSpan.FromSeconds(_limits.HeartbeatSeconds), _clock);
        }
        catch (TimeoutException)
        {
            return ":\n\n";
        }

        var text = new StringBuilder();
        while (text.Length < 16_384 && _queue.Reader.TryRead(out var item))
        {
            Append(text, item.Event);
            if (item.IsLive)
            {
                Interlocked.Decrement(ref _live);
            }
        }

        return text.ToString();
    }

    private async Task SendAsync(HttpContext http, string text)
    {
        if (text.Length == 0 || http.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        try
        {
            // No token: a flush that is cut off half-way would break the framing for a reader that is only told "stopping".
            var sent = http.Response.WriteAsync(text, CancellationToken.None).ContinueWith(
                _ => http.Response.Body.FlushAsync(CancellationToken.None), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default).Unwrap();
            await sent.WaitAsync(TimeSpan.FromSeconds(_limits.SlowReaderSeconds), _clock, http.RequestAborted);
        }
        catch (TimeoutException)
        {
            End(StreamEnd.SlowReader);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            End(StreamEnd.ClientGone);
        }
    }

    private static void Append(StringBuilder text, StreamEvent item)
    {
        text.Append("event: ").Append(item.Name).Append('\n');
        if (item.Id is not null)
        {
            text.Append("id: ").Append(item.Id).Append('\n');
        }

        foreach (var line in item.Data.Split('\n'))
        {
            text.Append("data: ").Append(line.TrimEnd('\r')).Append('\n');
        }

        text.Append('\n');
    }
}
