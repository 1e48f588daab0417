using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Restaurants;

/// <summary>Judges when the items of a menu are served.</summary>
internal static class AvailabilityValidation
{
    private const int NameLength = 60;

    public static void CheckDayParts(Menu menu, Limits limits, MenuFaults faults)
    {
        if (menu.DayParts.Count > limits.DayParts) faults.Add("/dayParts", "DAY_PARTS_MANY", $"A menu has at most {limits.DayParts} day parts.");
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var p = 0; p < menu.DayParts.Count; p++)
        {
            var part = menu.DayParts[p];
            if (!MenuValidation.IsSlug(part.Id)) faults.Add($"/dayParts/{p}/id", "ID_INVALID", "An id is 1 to 64 lower-case letters, digits and dashes.");
            else if (!ids.Add(part.Id)) faults.Add($"/dayParts/{p}/id", "ID_DUPLICATE", $"The id \"{part.Id}\" is used more than once.");
            if (part.Name.Length is 0 or > NameLength || part.Name.Any(char.IsControl)) faults.Add($"/dayParts/{p}/name", "NAME_INVALID", "A name is 1 to 60 characters.");
            if (part.Days.Distinct().Count() != part.Days.Count) faults.Add($"/dayParts/{p}/days", "DAYS_DUPLICATE", "A day is there twice.");
            for (var d = 0; d < part.Days.Count; d++)
                if (!Enum.IsDefined(part.Days[d])) faults.Add($"/dayParts/{p}/days/{d}", "DAY_UNKNOWN", "A day is monday to sunday.");
        }
    }

    public static void CheckItem(MenuItem item, Menu menu, string path, MenuFaults faults)
    {
        for (var p = 0; p < item.DayParts.Count; p++)
        {
            if (menu.DayParts.All(part => part.Id != item.DayParts[p]))
                faults.Add($"{path}/dayParts/{p}", "DAY_PART_UNKNOWN", $"The day part \"{item.DayParts[p]}\" is not among the menu's day parts.");
            else if (item.DayParts.Take(p).Contains(item.DayParts[p]))
                faults.Add($"{path}/dayParts/{p}", "DAY_PART_DUPLICATE", "The day part is there twice.");
        }
        if (item.UntilDate < item.FromDate) faults.Add($"{path}/untilDate", "DATES_REVERSED", "The last day is before the first one.");
    }
}
