using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Restaurants;

/// <summary>Judges a restaurant's settings as a whole and names every fault with its JSON pointer.</summary>
public static class SettingsRules
{
    private const int NameLength = 60;
    private const int SentenceLength = 300;
    private const int PromptLength = 2_000;

    /// <summary>The settings of a restaurant that never set any.</summary>
    public static RestaurantSettings From(RestaurantProfile profile) =>
        new() { Name = profile.Name, Language = profile.Language, TimeZone = profile.TimeZone, Greeting = profile.Greeting };

    /// <summary>The same with empty lists and texts in place of nulls, and the numbers in their plain form.</summary>
    public static RestaurantSettings WithoutNulls(RestaurantSettings settings) => settings with
    {
        Name = settings.Name?.Trim() ?? "",
        Language = settings.Language?.Trim() ?? "",
        TimeZone = settings.TimeZone?.Trim() ?? "",
        Greeting = settings.Greeting?.Trim() ?? "",
        Hours = settings.Hours is null ? [] : settings.Hours.Where(range => range is not null).OrderBy(range => range.Day).ThenBy(range => range.From).ToArray(),
        Phones = settings.Phones is null ? [] : settings.Phones.Select(phone => string.Concat((phone ?? "").Where(c => !" -()./".Contains(c, StringComparison.Ordinal)))).ToArray(),
        Notice = settings.Notice?.Trim() ?? "",
        Prompt = settings.Prompt?.Trim() ?? "",
    };

    /// <summary>All faults; empty when the settings can be stored.</summary>
    public static IReadOnlyList<MenuFault> Validate(RestaurantSettings settings, Limits limits)
    {
        var faults = new List<MenuFault>();
        CheckText(settings.Name, 1, NameLength, "/name", faults);
        CheckText(settings.Greeting, 1, SentenceLength, "/greeting", faults);
        CheckText(settings.Notice, 0, SentenceLength, "/notice", faults);
        if (settings.Prompt.Length > PromptLength || settings.Prompt.Any(c => char.IsControl(c) && c is not '\n'))
            faults.Add(new MenuFault("/prompt", "TEXT_INVALID", $"The text has at most {PromptLength} characters and no control characters."));
        if (!IsLanguage(settings.Language)) faults.Add(new MenuFault("/language", "LANGUAGE_INVALID", "The language is a BCP 47 tag such as en-US."));
        if (!LocalTimes.IsKnownZone(settings.TimeZone)) faults.Add(new MenuFault("/timeZone", "TIME_ZONE_UNKNOWN", "The time zone is an IANA name such as Europe/Zurich."));
        if (!Enum.IsDefined(settings.PriceRule)) faults.Add(new MenuFault("/priceRule", "PRICE_RULE_UNKNOWN", "The price rule is agreed or reconfirm."));
        if (settings.GoodwillVoucherMinor < 0 || settings.GoodwillVoucherMinor > limits.GoodwillVoucherMinor)
            faults.Add(new MenuFault("/goodwillVoucherMinor", "VOUCHER_INVALID", $"A goodwill voucher is 0 to {limits.GoodwillVoucherMinor} minor units."));
        CheckPhones(settings.Phones, limits, faults);
        CheckHours(settings.Hours, limits, faults);
        return faults;
    }

    private static void CheckText(string text, int least, int most, string path, List<MenuFault> faults)
    {
        if (text.Length < least || text.Length > most || text.Any(char.IsControl))
            faults.Add(new MenuFault(path, "TEXT_INVALID", $"The text has {least} to {most} characters and no line breaks."));
    }

    private static bool IsLanguage(string tag) => tag.Length is >= 2 and <= 35
        && tag.Split('-') is [{ Length: 2 or 3 } primary, .. var rest] && primary.All(char.IsAsciiLetterLower)
        && rest.All(part => part.Length is >= 1 and <= 8 && part.All(char.IsAsciiLetterOrDigit));

    private static void CheckPhones(IReadOnlyList<string> phones, Limits limits, List<MenuFault> faults)
    {
        if (phones.Count > limits.RestaurantPhones) faults.Add(new MenuFault("/phones", "PHONES_MANY", $"A restaurant has at most {limits.RestaurantPhones} numbers."));
        for (var p = 0; p < phones.Count; p++)
        {
            // E.164: a plus, a country code that does not begin with 0, 15 digits at most.
            if (phones[p].Length is < 8 or > 16 || phones[p][0] != '+' || phones[p][1] == '0' || !phones[p].Skip(1).All(char.IsAsciiDigit))
                faults.Add(new MenuFault($"/phones/{p}", "PHONE_INVALID", "A number is given in international form such as +12025550123."));
            else if (phones.Take(p).Contains(phones[p]))
                faults.Add(new MenuFault($"/phones/{p}", "PHONE_DUPLICATE", "The number is there twice."));
        }
    }

    private static void CheckHours(IReadOnlyList<OpeningHours> hours, Limits limits, List<MenuFault> faults)
    {
        if (hours.Count > limits.OpeningHours) faults.Add(new MenuFault("/hours", "HOURS_MANY", $"There are at most {limits.OpeningHours} ranges."));
        var ranges = hours.Select((range, index) => (Start: Minute(range.Day, range.From), Length: Length(range), Index: index)).ToArray();
        foreach (var range in ranges)
            if (ranges.Any(other => other.Index < range.Index && Overlap(other, range)))
                faults.Add(new MenuFault($"/hours/{range.Index}", "HOURS_OVERLAP", "The range overlaps another one."));
    }

    private static int Minute(DayOfWeek day, TimeOnly time) => ((int)day * 1440) + (int)time.ToTimeSpan().TotalMinutes;

    private static int Length(OpeningHours range) => (int)(range.Until > range.From ? range.Until - range.From : TimeSpan.FromDays(1) - (range.From - range.Until)).TotalMinutes is var minutes and > 0 ? minutes : 1440;

    private static bool Overlap((int Start, int Length, int Index) one, (int Start, int Length, int Index) other)
    {
        const int Week = 7 * 1440;
        var forward = ((other.Start - one.Start) % Week + Week) % Week;
        return forward < one.Length || Week - forward < other.Length;
    }
}
