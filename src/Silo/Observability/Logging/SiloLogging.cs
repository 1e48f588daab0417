using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Configuration;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Display;
using Serilog.Formatting.Json;

namespace VoiceOrdering.Silo.Observability.Logging;

/// <summary>Sets up logging for a whole process.</summary>
public static class SiloLogging
{
    // Personal data is under pii.* keys, which message templates do not print; {Properties} shows what the template left out.
    private const string ReadableTemplate = "{Timestamp:HH:mm:ss.fff} {Level:u3} {SourceContext}: {Message:lj} {Properties}{NewLine}{Exception}";

    /// <summary>Replaces the host's log providers by the product's.</summary>
    /// <exception cref="ArgumentException">A setting is out of range; the sentence says which.</exception>
    public static IHostApplicationBuilder AddVoiceOrderingLogging(this IHostApplicationBuilder builder, LogSettings settings)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Faults().FirstOrDefault() is { } fault)
        {
            throw new ArgumentException(fault, nameof(settings));
        }
        builder.Logging.ClearProviders();
        builder.Logging.SetMinimumLevel(LogLevel.Trace);
        builder.Logging.AddSerilog(CreateLogger(settings, builder.Environment.IsDevelopment()), dispose: true);
        return builder;
    }

    internal static Logger CreateLogger(LogSettings settings, bool development, ILogEventSink? instead = null)
    {
        var formatter = Formatter(settings.Format, development);
        var configuration = new LoggerConfiguration().MinimumLevel.Is(settings.Level).Enrich.FromLogContext().Enrich.With(new CorrelationEnricher());
        foreach (var (source, level) in settings.Overrides)
        {
            configuration.MinimumLevel.Override(source, level);
        }
        // Masked before the queue: what waits there is already clean, and the event is no longer shared with its logger.
        return Masked(configuration.WriteTo, settings.PersonalData, masked => masked.Async(queue =>
        {
            if (instead is not null)
            {
                queue.Sink(instead);
                return;
            }
            queue.Console(formatter);
            if (settings.File is { } file)
            {
                queue.File(formatter, file, rollingInterval: RollingInterval.Day, fileSizeLimitBytes: settings.FileSizeBytes,
                    rollOnFileSizeLimit: true, retainedFileCountLimit: settings.FilesKept);
            }
        }, new LogQueueMonitor(), settings.QueueLimit)).CreateLogger();
    }

    internal static ITextFormatter Formatter(LogFormat format, bool development) =>
        format == LogFormat.Json || (format == LogFormat.ByEnvironment && !development)
            ? new JsonFormatter(closingDelimiter: "\n", renderMessage: true)
            : new MessageTemplateTextFormatter(ReadableTemplate);

    private static LoggerConfiguration Masked(LoggerSinkConfiguration to, PersonalData personalData, Action<LoggerSinkConfiguration> configure)
    {
        if (personalData == PersonalData.Masked)
        {
            return LoggerSinkConfiguration.Wrap(to, sink => new MaskingSink(sink), configure, LevelAlias.Minimum, null);
        }
        return to.Logger(inner => configure(inner.WriteTo));
    }
}
