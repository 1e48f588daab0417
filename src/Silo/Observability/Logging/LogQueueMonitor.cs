using System.Diagnostics.Metrics;
using Serilog.Sinks.Async;

namespace VoiceOrdering.Silo.Observability.Logging;

/// <summary>Counts lines that were dropped because the queue was full, and shows how long it is.</summary>
internal sealed class LogQueueMonitor : IAsyncLogEventSinkMonitor
{
    private static readonly Meter Source = new("VoiceOrdering.Logging");
    private static readonly List<IAsyncLogEventSinkInspector> Queues = [];
    private static readonly Lock Gate = new();

    static LogQueueMonitor()
    {
        Source.CreateObservableCounter("log.lines.dropped", () => Sum(queue => queue.DroppedMessagesCount), null, "Log lines dropped because the queue was full.");
        Source.CreateObservableUpDownCounter("log.queue.length", () => Sum(queue => queue.Count), null, "Log lines waiting to be written.");
    }

    public void StartMonitoring(IAsyncLogEventSinkInspector inspector)
    {
        lock (Gate)
        {
            Queues.Add(inspector);
        }
    }

    public void StopMonitoring(IAsyncLogEventSinkInspector inspector)
    {
        lock (Gate)
        {
            Queues.Remove(inspector);
        }
    }

    private static long Sum(Func<IAsyncLogEventSinkInspector, long> value)
    {
        lock (Gate)
        {
            return Queues.Sum(value);
        }
    }
}
