using VoiceOrdering.Identity;
using VoiceOrdering.Orders;
using VoiceOrdering.Vouchers;

namespace VoiceOrdering.Silo.Storage.Vouchers;

/// <summary>A row of <c>vouchers</c> as Dapper reads and writes it.</summary>
internal sealed class VoucherRow
{
    public string RestaurantId { get; set; } = "";
    public string Code { get; set; } = "";
    public long Status { get; set; }
    public long Kind { get; set; }
    public long Value { get; set; }
    public string Currency { get; set; } = "";
    public long MinimumMinor { get; set; }
    public string? CustomerId { get; set; }
    public long? ExpiresAt { get; set; }
    public string Note { get; set; } = "";
    public long IssuedAt { get; set; }
    public string IssuedBy { get; set; } = "";
    public string? IssueKey { get; set; }
    public long ChangedAt { get; set; }
    public string? OrderId { get; set; }

    public static VoucherRow From(VoucherView voucher, string? key) => new()
    {
        RestaurantId = voucher.Restaurant.Value,
        Code = voucher.Terms.Code,
        Status = (long)voucher.Status,
        Kind = (long)voucher.Terms.Kind,
        Value = voucher.Terms.Value,
        Currency = voucher.Terms.Currency,
        MinimumMinor = voucher.Terms.MinimumMinor,
        CustomerId = voucher.CustomerId,
        ExpiresAt = voucher.ExpiresAt?.ToUnixTimeMilliseconds(),
        Note = voucher.Note,
        IssuedAt = voucher.IssuedAt.ToUnixTimeMilliseconds(),
        IssuedBy = voucher.IssuedBy,
        IssueKey = key,
        ChangedAt = voucher.ChangedAt.ToUnixTimeMilliseconds(),
    };

    public VoucherView ToView() => new()
    {
        Terms = new VoucherTerms(Code, (VoucherKind)Kind, Value, MinimumMinor, Currency),
        Restaurant = new RestaurantId(RestaurantId),
        Status = (VoucherStatus)Status,
        CustomerId = CustomerId,
        ExpiresAt = ExpiresAt is { } end ? DateTimeOffset.FromUnixTimeMilliseconds(end) : null,
        Note = Note,
        IssuedAt = DateTimeOffset.FromUnixTimeMilliseconds(IssuedAt),
        IssuedBy = IssuedBy,
        ChangedAt = DateTimeOffset.FromUnixTimeMilliseconds(ChangedAt),
        Order = OrderId is null ? null : new OrderId(OrderId),
    };
}
