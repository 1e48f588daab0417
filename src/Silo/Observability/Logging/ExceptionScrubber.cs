using System.Text.RegularExpressions;

namespace VoiceOrdering.Silo.Observability.Logging;

/// <summary>
/// The text of an exception without the data in it. Exception messages quote what they choke on (a name, a number, a token), so
/// everything quoted, every address and every longer number is taken out; types, codes, stack frames stay.
/// </summary>
internal static partial class ExceptionScrubber
{
    private const int LongestMessage = 500;
    private const int DeepestInner = 8;
    private const int WidestAggregate = 4;
    // Bounds the work on hostile text; the expressions are linear, this is the second line.
    private const int MatchTimeoutMs = 200;

    /// <summary>Type, scrubbed message and stack of the exception and what is inside it.</summary>
    public static string Describe(Exception exception) => Describe(exception, 0);

    /// <summary>The text with quoted parts, mail addresses, long digit runs and secrets replaced by <c>***</c>.</summary>
    public static string Scrub(string text)
    {
        var cut = text.Length <= LongestMessage ? text : text[..LongestMessage];
        try
        {
            cut = Quoted().Replace(cut, "'***'");
            cut = Mail().Replace(cut, "***");
            cut = Secret().Replace(cut, "***");
            return Digits().Replace(cut, "***");
        }
        catch (RegexMatchTimeoutException)
        {
            return "***";
        }
    }

    private static string Describe(Exception exception, int depth)
    {
        var text = $"{exception.GetType().FullName}: {Scrub(exception.Message)}";
        if (depth < DeepestInner)
        {
            IEnumerable<Exception> inner = exception is AggregateException many ? many.InnerExceptions.Take(WidestAggregate)
                : exception.InnerException is { } one ? [one] : [];
            text = inner.Aggregate(text, (soFar, next) => $"{soFar}\n ---> {Describe(next, depth + 1)}\n   --- end of inner exception ---");
        }
        return exception.StackTrace is { } stack ? $"{text}\n{stack}" : text;
    }

    // A straight apostrophe inside a word (don't) opens nothing; an unclosed quotation takes the rest.
    [GeneratedRegex("""(?<!\w)'[^']*(?:'|$)|"[^"]*(?:"|$)|“[^”]*(?:”|$)|„[^“]*(?:“|$)|«[^»]*(?:»|$)|`[^`]*(?:`|$)""", RegexOptions.CultureInvariant, MatchTimeoutMs)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"[^\s@<>]{1,64}@[^\s@<>]{1,255}", RegexOptions.CultureInvariant, MatchTimeoutMs)]
    private static partial Regex Mail();

    // Opaque ids and tokens: 20 or more of the URL-safe alphabet with a digit in them.
    [GeneratedRegex(@"(?<![\w.])(?=[\w-]*\d)[\w-]{20,}", RegexOptions.CultureInvariant, MatchTimeoutMs)]
    private static partial Regex Secret();

    // Phone and card numbers: seven or more digits with the usual separators between them.
    [GeneratedRegex(@"\+?\d(?:[\s().\-/]{0,2}\d){6,}", RegexOptions.CultureInvariant, MatchTimeoutMs)]
    private static partial Regex Digits();
}
