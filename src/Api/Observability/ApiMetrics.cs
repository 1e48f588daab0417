using System.Diagnostics.Metrics;

namespace VoiceOrdering.Api.Observability;

/// <summary>Instruments of the HTTP surface.</summary>
internal sealed class ApiMetrics : IDisposable
{
    /// <summary>Name of the meter, for whoever exports it.</summary>
    public const string MeterName = "VoiceOrdering.Api";

    private readonly Meter _meter;
    private readonly Counter<long> _problems;
    private readonly Counter<long> _logIns;
    private readonly UpDownCounter<long> _streams;
    private readonly Counter<long> _streamEnds;
    private readonly Counter<long> _submissions;

    public ApiMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _problems = _meter.CreateCounter<long>("api_problems_total", description: "Error answers by code.");
        _logIns = _meter.CreateCounter<long>("api_logins_total", description: "Log-ins by result.");
        _streams = _meter.CreateUpDownCounter<long>("api_event_streams", description: "Open event streams by feed.");
        _streamEnds = _meter.CreateCounter<long>("api_event_stream_ends_total", description: "Ended event streams by feed and reason.");
        _submissions = _meter.CreateCounter<long>("api_submissions_total", description: "Submissions by result.");
    }

    public void CountProblem(string code) => _problems.Add(1, new KeyValuePair<string, object?>("code", code));

    public void CountLogIn(string result) => _logIns.Add(1, new KeyValuePair<string, object?>("result", result));

    public void CountSubmission(string result) => _submissions.Add(1, new KeyValuePair<string, object?>("result", result));

    public void StreamOpened(string feed) => _streams.Add(1, new KeyValuePair<string, object?>("feed", feed));

    public void StreamEnded(string feed, string reason)
    {
        _streams.Add(-1, new KeyValuePair<string, object?>("feed", feed));
        _streamEnds.Add(1, new KeyValuePair<string, object?>("feed", feed), new KeyValuePair<string, object?>("reason", reason));
    }

    public void Dispose() => _meter.Dispose();
}
