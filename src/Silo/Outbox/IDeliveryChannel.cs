using System.Net.Sockets;

namespace VoiceOrdering.Silo.Outbox;

/// <summary>Brings a delivery to destinations of one kind.</summary>
internal interface IDeliveryChannel
{
    DestinationKind Kind { get; }

    /// <summary>Makes one attempt. Failures are results; an exception means that the attempt was cancelled.</summary>
    Task<SendResult> SendAsync(Destination destination, OutboxDelivery delivery, CancellationToken cancellationToken);
}

/// <summary>What both channels make of an HTTP exchange.</summary>
internal static class HttpAttempt
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    /// <summary>Sends and judges: 2xx is delivered; no answer, 408, 425, 429 and 5xx may work later; all else will not.</summary>
    /// <param name="http">Time-out and clock.</param>
    /// <param name="client">Connections.</param>
    /// <param name="request">What to send.</param>
    /// <param name="readPause">Reads a pause the receiver asks for elsewhere than in Retry-After; null for none.</param>
    /// <param name="cancellationToken">Ends the attempt without a result.</param>
    public static async Task<SendResult> RunAsync(
        OutboxHttp http, HttpClient client, HttpRequestMessage request, Func<HttpResponseMessage, CancellationToken, Task<TimeSpan?>>? readPause, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(http.Settings.Timeout, http.Time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            var status = (int)response.StatusCode;
            var pause = status == 429 && readPause is not null ? await readPause(response, limit.Token) : null;
            return status switch
            {
                >= 200 and < 300 => SendResult.Delivered,
                408 or 425 or 429 or >= 500 => SendResult.Failed($"answered {status}", pause ?? RetryAfter(response, http.Time.GetUtcNow())),
                _ => SendResult.Refused($"answered {status}"),
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return SendResult.Failed($"no answer within {http.Settings.Timeout.TotalSeconds:0} s");
        }
        catch (HttpRequestException failure)
        {
            // The message may repeat what the other side sent; the kind of failure says enough.
            return SendResult.Failed(failure.HttpRequestError == HttpRequestError.Unknown ? "the connection broke" : $"connection failed: {failure.HttpRequestError}");
        }
        catch (Exception broken) when (broken is IOException or SocketException)
        {
            // The framework lets the socket's own exception through when the other side is gone between connecting and sending.
            return SendResult.Failed("the connection broke");
        }
    }

    /// <summary>Seconds or an instant (RFC 9110 section 10.2.3), an hour at most.</summary>
    private static TimeSpan? RetryAfter(HttpResponseMessage response, DateTimeOffset now)
    {
        var pause = response.Headers.RetryAfter is { } header ? header.Delta ?? header.Date - now : null;
        return pause < TimeSpan.Zero ? TimeSpan.Zero : pause > LongestPause ? LongestPause : pause;
    }
}
