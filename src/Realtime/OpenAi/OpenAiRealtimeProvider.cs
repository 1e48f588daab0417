using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace VoiceOrdering.Realtime.OpenAi;

/// <summary>
/// Sessions of the OpenAI Realtime GA protocol over WebSocket, at OpenAI or at anything that speaks it (the simulator).
/// </summary>
public sealed class OpenAiRealtimeProvider : IRealtimeProvider
{
    private readonly OpenAiRealtimeOptions _options;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _loggers;

    /// <summary>Takes settings, clock and logs; opens nothing.</summary>
    public OpenAiRealtimeProvider(IOptions<OpenAiRealtimeOptions> options, TimeProvider time, ILoggerFactory? loggers = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Value;
        _time = time;
        _loggers = loggers ?? NullLoggerFactory.Instance;
    }

    /// <inheritdoc/>
    public string Name => "openai";

    /// <inheritdoc/>
    public RealtimeCapabilities GetCapabilities(string? model = null) => ModelFacts.Capabilities(model ?? _options.Model);

    /// <inheritdoc/>
    public async Task<IRealtimeSession> ConnectAsync(RealtimeConnectOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var started = _time.GetTimestamp();
        var timeout = options.ConnectTimeout ?? TimeSpan.FromSeconds(_options.ConnectTimeoutSeconds);
        using var limit = new CancellationTokenSource(timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var session = await OpenAsync(options, either.Token);
            RealtimeMetrics.ConnectDuration.Record(_time.GetElapsedTime(started).TotalMilliseconds);
            return session;
        }
        catch (OperationCanceledException failure) when (!cancellationToken.IsCancellationRequested)
        {
            CountFailure(RealtimeErrorCodes.ConnectTimeout);
            throw new RealtimeException(
                ProviderErrorKind.Retriable, RealtimeErrorCodes.ConnectTimeout, $"No session within {timeout.TotalSeconds:0.#} s.", failure);
        }
        catch (RealtimeException failure)
        {
            CountFailure(failure.Code);
            throw;
        }
    }

    private static void CountFailure(string code) =>
        RealtimeMetrics.ConnectFailures.Add(1, new KeyValuePair<string, object?>("code", code));

    private async Task<IRealtimeSession> OpenAsync(RealtimeConnectOptions options, CancellationToken cancellationToken)
    {
        if (_options.ApiKey.Length == 0)
        {
            throw new RealtimeException(ProviderErrorKind.Fatal, RealtimeErrorCodes.KeyMissing, "No API key is configured.");
        }

        var model = options.Model ?? _options.Model;
        var socket = new OpenAiSocket(_options, model, options.CallId);
        try
        {
            await socket.OpenAsync(cancellationToken);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        var session = new OpenAiSession(
            socket, ModelFacts.Capabilities(model), _options, _time, _loggers.CreateLogger<OpenAiRealtimeProvider>());
        try
        {
            await session.StartAsync(cancellationToken);
            if (options.Settings is { } settings)
            {
                await session.ConfigureAsync(WithDefaults(settings), cancellationToken);
            }

            return session;
        }
        catch
        {
            await session.AbandonAsync();
            throw;
        }
    }

    private SessionSettings WithDefaults(SessionSettings settings) => settings with
    {
        Voice = settings.Voice ?? _options.Voice,
        Transcription = settings.Transcription
            ?? (_options.TranscriptionModel.Length == 0 ? null : new InputTranscription(_options.TranscriptionModel)),
    };
}
