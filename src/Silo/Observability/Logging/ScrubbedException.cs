namespace VoiceOrdering.Silo.Observability.Logging;

/// <summary>Stands in for an exception in a log event: formatters print <see cref="ToString"/>.</summary>
internal sealed class ScrubbedException(Exception original) : Exception(ExceptionScrubber.Scrub(original.Message))
{
    private readonly string description = ExceptionScrubber.Describe(original);

    public override string ToString() => description;
}
