using Serilog.Core;
using Serilog.Events;

namespace VoiceOrdering.Silo.Observability;

/// <summary>Puts request id and session id on every line; runs on the thread that logs, before the queue.</summary>
internal sealed class CorrelationEnricher : ILogEventEnricher
{
    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        if (Correlation.RequestId is { } requestId)
        {
            logEvent.AddPropertyIfAbsent(new LogEventProperty(Correlation.RequestIdProperty, new ScalarValue(requestId)));
        }
        if (Correlation.SessionId is { } sessionId)
        {
            logEvent.AddPropertyIfAbsent(new LogEventProperty(Correlation.SessionIdProperty, new ScalarValue(sessionId)));
        }
    }
}
