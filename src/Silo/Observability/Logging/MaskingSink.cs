using Serilog.Core;
using Serilog.Events;

namespace VoiceOrdering.Silo.Observability.Logging;

/// <summary>The last gate before a line is written: masks <c>pii.*</c> values and scrubs the exception, whoever put them there.</summary>
internal sealed class MaskingSink(ILogEventSink inner) : ILogEventSink, IDisposable
{
    public void Emit(LogEvent logEvent)
    {
        foreach (var (key, value) in logEvent.Properties.ToArray())
        {
            var masked = PersonalDataMask.IsPersonal(key) ? PersonalDataMask.Masked : PersonalDataMask.Apply(value);
            if (!ReferenceEquals(masked, value))
            {
                logEvent.AddOrUpdateProperty(new LogEventProperty(key, masked));
            }
        }
        inner.Emit(logEvent.Exception is null ? logEvent : WithScrubbedException(logEvent));
    }

    public void Dispose() => (inner as IDisposable)?.Dispose();

    private static LogEvent WithScrubbedException(LogEvent logEvent) => new(
        logEvent.Timestamp, logEvent.Level, new ScrubbedException(logEvent.Exception!), logEvent.MessageTemplate,
        logEvent.Properties.Select(pair => new LogEventProperty(pair.Key, pair.Value)), logEvent.TraceId ?? default, logEvent.SpanId ?? default);
}
