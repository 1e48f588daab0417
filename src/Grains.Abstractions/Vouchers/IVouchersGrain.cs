using VoiceOrdering.Identity;
using VoiceOrdering.Orders;

namespace VoiceOrdering.Vouchers;

/// <summary>
/// The vouchers of one restaurant. Key: restaurant id. Holds nothing itself: a voucher is a row of the voucher store, and it is redeemed
/// only by the order store, in the transaction of the order.
/// </summary>
[Alias("vo.IVouchersGrain")]
public interface IVouchersGrain : IGrainWithStringKey
{
    /// <summary>
    /// Issues a voucher; refuses <c>SCOPE_MISSING</c> (<c>vouchers:write</c>), <c>VOUCHER_INVALID</c>, <c>CUSTOMER_UNKNOWN</c>, <c>IDEMPOTENCY_KEY_REUSED</c>.
    /// The same key again returns the voucher of the first time.
    /// </summary>
    [Alias("Issue")] Task<Outcome<VoucherView>> IssueAsync(Caller caller, IssueVoucher command);

    /// <summary>The voucher of a code; refuses <c>SCOPE_MISSING</c>, <c>VOUCHER_UNKNOWN</c>.</summary>
    [Alias("View")] Task<Outcome<VoucherView>> ViewAsync(Caller caller, string code);

    /// <summary>Voids an issued voucher; refuses <c>SCOPE_MISSING</c>, <c>VOUCHER_UNKNOWN</c>, <c>VOUCHER_REDEEMED</c>. Voiding again changes nothing.</summary>
    [Alias("Void")] Task<Outcome<VoucherView>> VoidAsync(Caller caller, string code);

    /// <summary>
    /// Issues the restaurant's goodwill voucher to a customer, one for each month (UTC): again is the same voucher. The amount is the restaurant's setting. For the assistant; refuses
    /// <c>SCOPE_MISSING</c> (<c>orders:create</c>), <c>VOUCHER_INVALID</c> when the restaurant gives none or this month's is used, <c>CUSTOMER_UNKNOWN</c>.
    /// </summary>
    [Alias("IssueGoodwill")] Task<Outcome<VoucherView>> IssueGoodwillAsync(Caller caller, string customerId);

    /// <summary>
    /// Voids an issued voucher that only this customer could redeem. For the assistant; refuses <c>SCOPE_MISSING</c> (<c>orders:create</c>),
    /// <c>VOUCHER_CODE_INVALID</c>, <c>VOUCHER_UNKNOWN</c> (also for everybody's and others' vouchers), <c>VOUCHER_REDEEMED</c>.
    /// </summary>
    [Alias("VoidOwn")] Task<Outcome<VoucherView>> VoidOwnAsync(Caller caller, string customerId, string code);

    /// <summary>Vouchers, newest first; refuses <c>SCOPE_MISSING</c>.</summary>
    [Alias("List")] Task<Outcome<VoucherPage>> ListAsync(Caller caller, VoucherQuery query);
}

/// <summary>Status of a voucher; the table of allowed moves is <c>VoucherTransitions</c>.</summary>
[GenerateSerializer, Alias("vo.VoucherStatus")]
public enum VoucherStatus
{
    /// <summary>Can be redeemed until it expires.</summary>
    Issued = 0,
    /// <summary>Used by one order; issued again when that order is cancelled.</summary>
    Redeemed = 1,
    /// <summary>Taken back by the restaurant; final.</summary>
    Voided = 2,
}

/// <summary>How a voucher counts.</summary>
[GenerateSerializer, Alias("vo.VoucherKind")]
public enum VoucherKind
{
    /// <summary>An amount in minor units; what the order does not use up is lost.</summary>
    Amount = 0,
    /// <summary>A share of the subtotal in basis points (1,500 = 15 %), rounded half up.</summary>
    Percent = 1,
}

/// <summary>What a voucher takes off an order.</summary>
/// <param name="Code">Twelve digits, the last one a check digit.</param>
/// <param name="Kind">How <paramref name="Value"/> counts.</param>
/// <param name="Value">Minor units, or basis points from 1 to 10,000.</param>
/// <param name="MinimumMinor">Subtotal an order must have; 0 for none.</param>
/// <param name="Currency">ISO 4217 code; an order in another currency cannot use it.</param>
[GenerateSerializer, Immutable, Alias("vo.VoucherTerms")]
public sealed record VoucherTerms(
    [property: Id(0)] string Code, [property: Id(1)] VoucherKind Kind, [property: Id(2)] long Value, [property: Id(3)] long MinimumMinor, [property: Id(4)] string Currency);

/// <summary>A voucher as staff see it.</summary>
[GenerateSerializer, Immutable, Alias("vo.VoucherView")]
public sealed record VoucherView
{
    /// <summary>Code and value.</summary>
    [Id(0)] public required VoucherTerms Terms { get; init; }
    /// <summary>The restaurant that issued it, the only one where it counts.</summary>
    [Id(1)] public required RestaurantId Restaurant { get; init; }
    /// <summary>Present status.</summary>
    [Id(2)] public VoucherStatus Status { get; init; }
    /// <summary>The only customer who may redeem it; null for whoever has the code.</summary>
    [Id(3)] public string? CustomerId { get; init; }
    /// <summary>UTC instant from which it cannot be redeemed; null for never.</summary>
    [Id(4)] public DateTimeOffset? ExpiresAt { get; init; }
    /// <summary>What it is for, for staff; at most <c>Limits.VoucherNoteCharacters</c>.</summary>
    [Id(5)] public string Note { get; init; } = "";
    /// <summary>UTC instant it was issued.</summary>
    [Id(6)] public DateTimeOffset IssuedAt { get; init; }
    /// <summary>Subject that issued it.</summary>
    [Id(7)] public string IssuedBy { get; init; } = "";
    /// <summary>UTC instant of the last change.</summary>
    [Id(8)] public DateTimeOffset ChangedAt { get; init; }
    /// <summary>The order that redeemed it; null otherwise.</summary>
    [Id(9)] public OrderId? Order { get; init; }
}

/// <summary>Asks for a voucher.</summary>
/// <param name="Kind">How <paramref name="Value"/> counts.</param>
/// <param name="Value">Minor units from 1 to <c>Limits.VoucherMinor</c>, or basis points from 1 to 10,000.</param>
/// <param name="MinimumMinor">Subtotal an order must have; 0 for none.</param>
[GenerateSerializer, Immutable, Alias("vo.IssueVoucher")]
public sealed record IssueVoucher([property: Id(0)] VoucherKind Kind, [property: Id(1)] long Value, [property: Id(2)] long MinimumMinor)
{
    /// <summary>The only customer who may redeem it; null for whoever has the code.</summary>
    [Id(3)] public string? CustomerId { get; init; }
    /// <summary>UTC instant from which it cannot be redeemed; null for never. Must be in the future.</summary>
    [Id(4)] public DateTimeOffset? ExpiresAt { get; init; }
    /// <summary>What it is for.</summary>
    [Id(5)] public string Note { get; init; } = "";
    /// <summary>Idempotency key, 1–255 visible ASCII characters; null issues anew every time.</summary>
    [Id(6)] public string? Key { get; init; }
}

/// <summary>Which vouchers to list.</summary>
/// <param name="Status">Only these; null for all.</param>
/// <param name="CustomerId">Only this customer's; null for all.</param>
/// <param name="Limit">1–200.</param>
/// <param name="Cursor">From the previous page, or null.</param>
[GenerateSerializer, Immutable, Alias("vo.VoucherQuery")]
public sealed record VoucherQuery([property: Id(0)] VoucherStatus? Status, [property: Id(1)] string? CustomerId, [property: Id(2)] int Limit, [property: Id(3)] string? Cursor);

/// <summary>A page of vouchers.</summary>
/// <param name="Vouchers">Newest first.</param>
/// <param name="NextCursor">Null on the last page.</param>
[GenerateSerializer, Immutable, Alias("vo.VoucherPage")]
public sealed record VoucherPage([property: Id(0)] IReadOnlyList<VoucherView> Vouchers, [property: Id(1)] string? NextCursor);
