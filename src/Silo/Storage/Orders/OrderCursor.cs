using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace VoiceOrdering.Silo.Storage.Orders;

/// <summary>Where a listing goes on: behind this order. Opaque to callers, stable while orders come in.</summary>
internal readonly record struct OrderCursor(long PlacedAtMs, string OrderId)
{
    public override string ToString() =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{PlacedAtMs}:{OrderId}")));

    /// <exception cref="ArgumentException">The text is not a cursor.</exception>
    public static OrderCursor Parse(string text)
    {
        var plain = Base64Url.IsValid(text) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)) : "";
        var colon = plain.IndexOf(':', StringComparison.Ordinal);
        if (colon < 1 || !long.TryParse(plain.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var placedAtMs))
        {
            throw new ArgumentException("The cursor is not one of a previous page.", nameof(text));
        }
        return new OrderCursor(placedAtMs, plain[(colon + 1)..]);
    }
}
