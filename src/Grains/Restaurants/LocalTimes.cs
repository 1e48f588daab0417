using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Restaurants;

/// <summary>Times of day in a restaurant's time zone. A range that ends at or before its beginning reaches into the next day.</summary>
internal static class LocalTimes
{
    /// <summary>The restaurant's clock; UTC for a zone this machine does not know, which the settings refuse.</summary>
    public static DateTime Now(DateTimeOffset utc, string timeZone) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone) ? TimeZoneInfo.ConvertTime(utc, zone).DateTime : utc.UtcDateTime;

    public static bool IsKnownZone(string timeZone) => timeZone.Length > 0 && TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out _);

    public static bool IsIn(DayPart part, DateTime local) => IsIn(local, part.From, part.Until, day => part.Days.Count == 0 || part.Days.Contains(day));

    /// <summary>Whether orders are taken; always when no hours are set.</summary>
    public static bool IsOpen(IReadOnlyList<OpeningHours> hours, DateTime local) =>
        hours.Count == 0 || hours.Any(range => IsIn(local, range.From, range.Until, day => day == range.Day));

    private static bool IsIn(DateTime local, TimeOnly from, TimeOnly until, Func<DayOfWeek, bool> begins)
    {
        var today = local.Date;
        return IsInRangeOf(today) || IsInRangeOf(today.AddDays(-1));

        bool IsInRangeOf(DateTime day)
        {
            var start = day + from.ToTimeSpan();
            var end = (until > from ? day : day.AddDays(1)) + until.ToTimeSpan();
            return begins(day.DayOfWeek) && local >= start && local < end;
        }
    }
}
