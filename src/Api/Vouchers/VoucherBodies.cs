using VoiceOrdering.Api.Identity;
using VoiceOrdering.Pricing;
using VoiceOrdering.Vouchers;

namespace VoiceOrdering.Api.Vouchers;

/// <summary>A voucher to issue: either an amount or a percentage.</summary>
internal sealed record IssueVoucherRequest : TenantScopedRequest
{
    /// <summary>Minor units of the menu's currency.</summary>
    public long? AmountMinor { get; init; }

    /// <summary>Hundredths of a percent, 1 to 10,000.</summary>
    public long? BasisPoints { get; init; }

    /// <summary>Subtotal an order must have.</summary>
    public long MinimumMinor { get; init; }

    /// <summary>The only customer who may redeem it.</summary>
    public string? CustomerId { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public string? Note { get; init; }
}

/// <summary>Names a voucher. Codes travel in bodies only: paths are written to logs, and a code is as good as money.</summary>
internal sealed record VoucherCodeRequest : TenantScopedRequest
{
    /// <summary>Twelve digits; blanks and dashes are skipped.</summary>
    public string? Code { get; init; }
}

/// <summary>A page of vouchers, newest first.</summary>
internal sealed record VouchersBody(IReadOnlyList<VoucherBody> Vouchers, string? NextCursor);

/// <summary>A voucher on the wire.</summary>
internal sealed record VoucherBody
{
    public required string Code { get; init; }

    public required VoucherStatus Status { get; init; }

    public Money? Amount { get; init; }

    public long? BasisPoints { get; init; }

    /// <summary>Subtotal an order must have.</summary>
    public required Money Minimum { get; init; }

    public string? CustomerId { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public required string Note { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public required string IssuedBy { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>The order that redeemed it.</summary>
    public string? OrderId { get; init; }

    public static VoucherBody From(VoucherView voucher) => new()
    {
        Code = voucher.Terms.Code,
        Status = voucher.Status,
        Amount = voucher.Terms.Kind == VoucherKind.Amount ? new Money(voucher.Terms.Value, voucher.Terms.Currency) : null,
        BasisPoints = voucher.Terms.Kind == VoucherKind.Percent ? voucher.Terms.Value : null,
        Minimum = new Money(voucher.Terms.MinimumMinor, voucher.Terms.Currency),
        CustomerId = voucher.CustomerId,
        ExpiresAt = voucher.ExpiresAt,
        Note = voucher.Note,
        IssuedAt = voucher.IssuedAt,
        IssuedBy = voucher.IssuedBy,
        ChangedAt = voucher.ChangedAt,
        OrderId = voucher.Order?.Value,
    };
}
