using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace VoiceOrdering.Realtime.OpenAi;

/// <summary>
/// Asks once at start whether the configured models exist and when they are switched off, and warns. Never stops the process: a provider
/// that cannot be asked now may well answer the first call. Source: OpenAI <c>GET /v1/models/{id}</c>, <c>shutdown_date</c> (2026-08).
/// </summary>
internal sealed class ModelRetirementService(
    IOptions<OpenAiRealtimeOptions> options, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<ModelRetirementService> logger)
    : BackgroundService
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>Asks for one model and says in one log line what is wrong with it, if anything.</summary>
    internal async Task CheckAsync(string model, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = s_patience };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.Value.ApiKey);
        var address = new Uri($"{options.Value.Endpoint.AbsoluteUri.TrimEnd('/')}/models/{Uri.EscapeDataString(model)}");
        using var answer = await http.GetAsync(address, cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            logger.LogWarning("The provider does not confirm model {Model}: status {Status}", model, (int)answer.StatusCode);
            return;
        }

        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
        if (DateOnly.TryParseExact(document.RootElement.Text("shutdown_date"), "yyyy-MM-dd", out var shutdown))
        {
            var days = shutdown.DayNumber - DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).DayNumber;
            logger.LogWarning("The provider switches model {Model} off on {ShutdownDate}, in {Days} days", model, shutdown, days);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.ApiKey.Length == 0)
        {
            return;
        }

        // A simulator in this very process listens only when the start is over.
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var onStart = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        using var onStop = stoppingToken.Register(() => started.TrySetCanceled(stoppingToken));
        await started.Task;
        foreach (var model in new[] { options.Value.Model, options.Value.TranscriptionModel }.Where(name => name.Length > 0))
        {
            try
            {
                await CheckAsync(model, stoppingToken);
            }
            catch (Exception failure) when (failure is HttpRequestException or JsonException or OperationCanceledException)
            {
                logger.LogWarning("The provider could not be asked about model {Model}: {Kind}", model, failure.GetType().Name);
            }
        }
    }
}
