using System.Text;
using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Customers;

/// <summary>Phone numbers as E.164 (ITU-T E.164 and the country codes of its list), from what people say and type.</summary>
public static class PhoneNumbers
{
    private const int Shortest = 8;
    private const int Longest = 15;

    // Country codes are prefix-free: one digit, one of these two digits, otherwise three.
    private const string OneDigit = "17";
    private static readonly HashSet<string> TwoDigits =
    [
        "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48", "49", "51", "52", "53", "54", "55", "56", "57", "58",
        "60", "61", "62", "63", "64", "65", "66", "81", "82", "84", "86", "90", "91", "92", "93", "94", "95", "98",
    ];

    // Italy's numbers keep their leading zero behind the country code; North America dials 1 before the area code.
    private const string Italy = "39";
    private const string NorthAmerica = "1";
    private const string Trunk = "(0)";

    /// <summary>The number as <c>+</c> and 8 to 15 digits, or null when it cannot be one.</summary>
    /// <param name="text">Digits with blanks, dashes, dots, slashes and brackets; with <c>+</c> or <c>00</c> in front it is international.</param>
    /// <param name="homeNumber">A number of the restaurant in E.164, whose country a national number belongs to; null when the restaurant has none.</param>
    public static string? Read(string? text, string? homeNumber)
    {
        if (text is not { Length: > 0 and <= 40 }) return null;
        var trimmed = text.Trim();
        var hasPlus = trimmed.StartsWith('+');
        if (Digits(hasPlus ? trimmed[1..] : trimmed) is not { } number) return null;
        if (hasPlus || number.StartsWith("00", StringComparison.Ordinal)) return Checked(WithoutTrunk(trimmed, hasPlus ? number : number[2..]));
        return homeNumber is { Length: > 1 } ? Checked(InCountry(number, CountryOf(homeNumber[1..]))) : null;
    }

    private static string? Digits(string text)
    {
        var digits = new StringBuilder(Longest);
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c)) digits.Append(c);
            else if (c is not (' ' or '-' or '.' or '/' or '(' or ')' or '\u00a0')) return null;
        }
        return digits.ToString();
    }

    // "+49 (0)30": the zero is dialled inside the country only (ITU-T E.123, 7.2, asks not to print it). Italy's is part of the number.
    private static string WithoutTrunk(string text, string number)
    {
        if (number.Length < Shortest || text.IndexOf(Trunk, StringComparison.Ordinal) is not (> 0 and var at)) return number;
        var country = CountryOf(number);
        var isBehindCountry = Digits(text[..at].TrimStart('+')) is { } before && (before == country || before == "00" + country);
        return isBehindCountry && country != Italy ? country + number[(country.Length + 1)..] : number;
    }

    /// <summary>As <see cref="Read(string?, string?)"/>, at home where the restaurant's first number is.</summary>
    public static string? Read(string? text, RestaurantSettings? settings) => Read(text, settings?.Phones is [var home, ..] ? home : null);

    private static string InCountry(string number, string country) => country switch
    {
        NorthAmerica => number.Length == 11 && number[0] == '1' ? number : number.Length == 10 ? country + number : "",
        Italy => country + number,
        _ => country + (number.StartsWith('0') ? number[1..] : number),
    };

    private static string CountryOf(string digits) => OneDigit.Contains(digits[0], StringComparison.Ordinal) ? digits[..1] : TwoDigits.Contains(digits[..2]) ? digits[..2] : digits[..3];

    private static string? Checked(string digits) => digits.Length is >= Shortest and <= Longest && digits[0] != '0' && !(digits[0] == '1' && digits.Length != 11) ? "+" + digits : null;
}
