using VoiceOrdering.Realtime;

namespace VoiceOrdering.Api.Calls;

/// <summary>What live calls learned about the provider: the answer of <c>/api/v1/provider-health</c>. Thread-safe.</summary>
internal sealed class ProviderHealth(IRealtimeProvider provider)
{
    private const int DownAfterFailures = 3;

    private readonly Lock _gate = new();
    private int _failures;
    private bool _refused;
    private double? _latencyMs;
    private string? _lastCode;

    /// <summary>A session was opened within <paramref name="taken"/>.</summary>
    public void Opened(TimeSpan taken)
    {
        lock (_gate)
        {
            _failures = 0;
            _refused = false;
            _lastCode = null;
            _latencyMs = Math.Round(taken.TotalMilliseconds, 1);
        }
    }

    /// <summary>A session could not be opened, or was lost.</summary>
    public void Failed(ProviderErrorKind kind, string code)
    {
        lock (_gate)
        {
            _failures++;
            _refused |= kind == ProviderErrorKind.Fatal;
            _lastCode = code;
        }
    }

    /// <summary>The state as of now.</summary>
    public ProviderHealthView View()
    {
        RealtimeCapabilities capabilities = provider.GetCapabilities();
        lock (_gate)
        {
            string status = _refused || _failures >= DownAfterFailures ? "down" : _failures > 0 ? "degraded" : "ok";
            return new ProviderHealthView(status, provider.Name, capabilities.Model, _latencyMs, false, _lastCode);
        }
    }
}

/// <summary>Body of <c>GET /api/v1/provider-health</c>.</summary>
/// <param name="Status"><c>ok</c>, <c>degraded</c> (the last attempt failed) or <c>down</c>.</param>
/// <param name="Provider">Name of the provider.</param>
/// <param name="Model">Model in use.</param>
/// <param name="LatencyMs">Time the last session took to open; absent before the first.</param>
/// <param name="DegradedMode">Whether calls are answered without the provider.</param>
/// <param name="LastError">Code of the last failure; absent when the last attempt succeeded.</param>
internal sealed record ProviderHealthView(string Status, string Provider, string Model, double? LatencyMs, bool DegradedMode, string? LastError);
