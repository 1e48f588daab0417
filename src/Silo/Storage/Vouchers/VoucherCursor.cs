using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace VoiceOrdering.Silo.Storage.Vouchers;

/// <summary>
/// Where a listing of vouchers goes on: behind so many of an instant. A cursor travels in a query, queries are written to logs, and a code is as good as money:
/// so it names no voucher.
/// </summary>
/// <param name="IssuedAtMs">Instant of the last voucher that was shown.</param>
/// <param name="Seen">Vouchers of that instant that were shown.</param>
internal readonly record struct VoucherCursor(long IssuedAtMs, int Seen)
{
    /// <summary>The cursor behind a page.</summary>
    /// <param name="issuedAt">Instants of the page's vouchers, newest first; not empty.</param>
    /// <param name="before">The cursor the page began at.</param>
    public static VoucherCursor Behind(IReadOnlyList<long> issuedAt, VoucherCursor? before)
    {
        var last = issuedAt[^1];
        return new VoucherCursor(last, issuedAt.Count(at => at == last) + (before is { } earlier && earlier.IssuedAtMs == last ? earlier.Seen : 0));
    }

    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{IssuedAtMs}+{Seen}")));

    /// <exception cref="ArgumentException">The text is not a cursor.</exception>
    public static VoucherCursor Parse(string text)
    {
        var parts = (Base64Url.IsValid(text) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)) : "").Split('+');
        return parts.Length == 2
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var issuedAtMs)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var seen)
            ? new VoucherCursor(issuedAtMs, seen)
            : throw new ArgumentException("The cursor is not one of a previous page.", nameof(text));
    }
}
