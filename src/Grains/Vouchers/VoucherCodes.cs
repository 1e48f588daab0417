using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using VoiceOrdering.Identity;

namespace VoiceOrdering.Grains.Vouchers;

/// <summary>
/// Codes of vouchers: eleven random digits and a check digit, because digits survive a telephone and letters do not. The check digit (H. M. Damm's
/// quasigroup of order 10, 2004) notices every single wrong digit and every two neighbours that changed places.
/// </summary>
public static class VoucherCodes
{
    /// <summary>Digits of a code.</summary>
    public const int Length = 12;

    private const int ShownDigits = 4;

    private const ulong Space = 100_000_000_000;

    // Damm's totally anti-symmetric quasigroup; row: the digit so far, column: the next one.
    private static readonly string[] Quasigroup =
    [
        "0317598642", "7092154863", "4206871359", "1750983426", "6123045978", "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
    ];

    private static readonly Dictionary<string, char> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["zero"] = '0',
        ["oh"] = '0',
        ["o"] = '0',
        ["one"] = '1',
        ["two"] = '2',
        ["three"] = '3',
        ["four"] = '4',
        ["five"] = '5',
        ["six"] = '6',
        ["seven"] = '7',
        ["eight"] = '8',
        ["nine"] = '9',
    };

    /// <summary>A new code from the id source.</summary>
    public static string Draw(IIdSource ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(ids.NewSecret()));
        // 64 bits over 10^11: the bias of the modulus is below 10^-8.
        var digits = (BinaryPrimitives.ReadUInt64BigEndian(hash) % Space).ToString("D11", System.Globalization.CultureInfo.InvariantCulture);
        return digits + (char)('0' + Check(digits));
    }

    /// <summary>The code in digits only, or null when the text is none: blanks, dashes and dots are skipped, single digits may be words ("four eight oh").</summary>
    public static string? Read(string? text)
    {
        if (text is not { Length: > 0 and <= 200 }) return null;
        var digits = new StringBuilder(Length);
        foreach (var word in text.Split([' ', '-', '.', ',', '\u00a0'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (Words.TryGetValue(word, out var digit)) digits.Append(digit);
            else if (word.All(char.IsAsciiDigit)) digits.Append(word);
            else return null;
        }
        return digits.Length == Length && Check(digits.ToString()) == 0 ? digits.ToString() : null;
    }

    /// <summary>Its last four digits: what may stand where the voucher is not to be redeemed, because a code is as good as money.</summary>
    public static string Shown(string code) => code is { Length: > ShownDigits } ? code[^ShownDigits..] : "";

    /// <summary>In groups of four, as it is printed and read out.</summary>
    public static string Spaced(string code) => code is { Length: Length } ? $"{code[..4]} {code[4..8]} {code[8..]}" : code;

    // The interim digit after the last one; 0 for a code with its check digit.
    private static int Check(string digits) => digits.Aggregate(0, (row, digit) => Quasigroup[row][digit - '0'] - '0');
}
