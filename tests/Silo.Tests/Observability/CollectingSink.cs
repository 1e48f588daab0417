using System.Text;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;

namespace VoiceOrdering.Silo.Tests.Observability;

/// <summary>Keeps what would have been written, as text.</summary>
internal sealed class CollectingSink(ITextFormatter formatter) : ILogEventSink
{
    private readonly StringBuilder written = new();

    public string Text
    {
        get
        {
            lock (written)
            {
                return written.ToString();
            }
        }
    }

    public void Emit(LogEvent logEvent)
    {
        lock (written)
        {
            using var line = new StringWriter(written);
            formatter.Format(logEvent, line);
        }
    }
}
