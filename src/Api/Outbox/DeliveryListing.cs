using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using VoiceOrdering.Api.Problems;
using VoiceOrdering.Silo.Outbox;

namespace VoiceOrdering.Api.Outbox;

/// <summary>The query of a listing of deliveries.</summary>
internal static class DeliveryListing
{
    private const int DefaultLimit = 50;
    private const int HighestLimit = 200;
    private const int LongestText = 512;

    /// <summary>What is asked for, or why it cannot be read.</summary>
    public static (DeliveryQuery? Query, ApiProblem? Problem) Read(IQueryCollection given, string? restaurant)
    {
        foreach (var name in new[] { "state", "limit", "cursor", "orderId" })
        {
            if (given[name] is not ([] or [{ Length: <= LongestText }]))
            {
                return Invalid(name, $"{name} can be given once, in at most {LongestText} characters.");
            }
        }

        DeliveryState? state = null;
        if (given["state"] is [{ } word])
        {
            var known = Enum.GetValues<DeliveryState>().Where(value => JsonNamingPolicy.CamelCase.ConvertName(value.ToString()) == word).ToArray();
            if (known.Length == 0)
            {
                return Invalid("state", "state must be pending, delivered or dead.");
            }

            state = known[0];
        }

        var limit = DefaultLimit;
        if (given["limit"] is [{ } number] && !(int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= HighestLimit))
        {
            return Invalid("limit", $"limit must be from 1 to {HighestLimit}.");
        }

        (DateTimeOffset, string)? before = null;
        if (given["cursor"] is [{ Length: > 0 } cursor] && (before = Position(cursor)) is null)
        {
            return Invalid("cursor", "cursor is not one of ours.");
        }

        return (new DeliveryQuery(restaurant, state, given["orderId"] is [{ Length: > 0 } order] ? order : null, limit) { Before = before }, null);
    }

    /// <summary>Where the next page goes on; opaque, and stable while deliveries come in.</summary>
    public static string CursorAfter(DeliveryRecord last) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{last.CreatedAt.ToUnixTimeMilliseconds()}:{last.DeliveryId}")));

    private static (DateTimeOffset, string)? Position(string cursor)
    {
        var plain = Base64Url.IsValid(cursor) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)) : "";
        var colon = plain.IndexOf(':', StringComparison.Ordinal);
        return colon is > 0 and <= 15 && long.TryParse(plain.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var ms) && ms <= 253_402_300_799_999
            ? (DateTimeOffset.FromUnixTimeMilliseconds(ms), plain[(colon + 1)..])
            : null;
    }

    private static (DeliveryQuery?, ApiProblem?) Invalid(string parameter, string sentence) => (null, new ApiProblem(400, "PARAMETER_INVALID", sentence).With("parameter", parameter));
}
