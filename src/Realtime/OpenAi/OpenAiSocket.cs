using System.ClientModel;
using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using OpenAI.Realtime;

namespace VoiceOrdering.Realtime.OpenAi;

/// <summary>
/// The package's session client with a connect of our own: the package hides the HTTP status of a refused upgrade (a bad key and
/// a rate limit need different answers) and sets no limit on an unanswered ping (a dead peer would look alive for minutes).
/// Frames go through <see cref="RealtimeSessionClient.WebSocket"/>, its raw door, because the typed model lacks fields we need.
/// </summary>
internal sealed class OpenAiSocket : RealtimeSessionClient
{
    private readonly Uri _address;
    private readonly OpenAiRealtimeOptions _options;

    public OpenAiSocket(OpenAiRealtimeOptions options, string model, string? callId)
        : base(new ApiKeyCredential(options.ApiKey), options.Endpoint, model, null, null)
    {
        _options = options;
        _address = BuildAddress(options.Endpoint, model, callId);
    }

    /// <summary>Opens the socket.</summary>
    /// <exception cref="RealtimeException">Refused or unreachable.</exception>
    public Task OpenAsync(CancellationToken cancellationToken) => ConnectAsync(null!, null!, cancellationToken);

    protected override async Task ConnectAsync(
        string queryString, IDictionary<string, string> headers, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("realtime");
        socket.Options.SetRequestHeader("Authorization", $"Bearer {_options.ApiKey}");
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.KeepAliveInterval = TimeSpan.FromSeconds(_options.KeepAliveIntervalSeconds);
        socket.Options.KeepAliveTimeout = TimeSpan.FromSeconds(_options.KeepAliveTimeoutSeconds);
        try
        {
            await socket.ConnectAsync(_address, cancellationToken);
            WebSocket = socket;
        }
        catch (WebSocketException failure)
        {
            using (socket)
            {
                throw Refusal(socket, failure);
            }
        }
        catch (OperationCanceledException)
        {
            socket.Dispose();
            throw;
        }
    }

    internal static Uri BuildAddress(Uri endpoint, string model, string? callId)
    {
        var builder = new UriBuilder(endpoint)
        {
            Scheme = endpoint.Scheme is "http" or "ws" ? "ws" : "wss",
            Path = endpoint.AbsolutePath.TrimEnd('/') + "/realtime",
            Query = callId is null ? $"model={Uri.EscapeDataString(model)}" : $"call_id={Uri.EscapeDataString(callId)}",
        };
        if (endpoint.IsDefaultPort)
        {
            builder.Port = -1;
        }

        return builder.Uri;
    }

    private static RealtimeException Refusal(ClientWebSocket socket, WebSocketException failure)
    {
        var status = (int)socket.HttpStatusCode;
        var (kind, code, sentence) = socket.HttpStatusCode switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
                (ProviderErrorKind.Fatal, RealtimeErrorCodes.Unauthorized, "The provider refuses the key."),
            HttpStatusCode.TooManyRequests =>
                (ProviderErrorKind.Retriable, RealtimeErrorCodes.RateLimited, "The provider has too many requests."),
            HttpStatusCode.RequestTimeout =>
                (ProviderErrorKind.Retriable, RealtimeErrorCodes.Unreachable, "The provider timed out."),
            >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError =>
                (ProviderErrorKind.Bug, RealtimeErrorCodes.UpgradeRefused, "The provider refuses the request."),
            _ => (ProviderErrorKind.Retriable, RealtimeErrorCodes.Unreachable, "The provider cannot be reached."),
        };
        return new RealtimeException(kind, code, sentence, failure)
        {
            HttpStatus = status == 0 ? null : status,
            RetryAfter = RetryAfter(socket),
        };
    }

    // RFC 9110 §10.2.3: seconds or a date; providers of this protocol send seconds.
    private static TimeSpan? RetryAfter(ClientWebSocket socket)
    {
        var values = socket.HttpResponseHeaders?
            .FirstOrDefault(header => string.Equals(header.Key, "Retry-After", StringComparison.OrdinalIgnoreCase)).Value;
        return double.TryParse(values?.FirstOrDefault(), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and < 86_400
            ? TimeSpan.FromSeconds(seconds)
            : null;
    }
}
