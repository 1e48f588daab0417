using VoiceOrdering.Identity;
using VoiceOrdering.Pricing;
using VoiceOrdering.Vouchers;

namespace VoiceOrdering.Grains.Vouchers;

/// <summary>Whether a voucher counts and what it takes off. Pure.</summary>
internal static class VoucherRules
{
    private const long BasisPoints = 10_000;

    /// <summary>What the voucher takes off, at most the subtotal; 0 while the subtotal is below its minimum.</summary>
    public static long DiscountMinor(VoucherTerms? voucher, long subtotal)
    {
        if (voucher is null || subtotal <= 0 || subtotal < voucher.MinimumMinor) return 0;
        var off = voucher.Kind == VoucherKind.Percent ? checked(subtotal * voucher.Value + BasisPoints / 2) / BasisPoints : voucher.Value;
        return Math.Min(off, subtotal);
    }

    /// <summary>An issued voucher.</summary>
    public static VoucherView New(Caller caller, IssueVoucher command, string code, string currency, DateTimeOffset at) => new()
    {
        Terms = new VoucherTerms(code, command.Kind, command.Value, command.MinimumMinor, currency),
        Restaurant = caller.Restaurant,
        CustomerId = command.CustomerId,
        ExpiresAt = command.ExpiresAt,
        Note = command.Note.Trim(),
        IssuedAt = at,
        IssuedBy = caller.Subject,
        ChangedAt = at,
    };

    /// <summary>Why the cart cannot have this voucher, or null.</summary>
    /// <param name="voucher">The row, or null when there is none.</param>
    /// <param name="customerId">The cart's customer, or null.</param>
    /// <param name="currency">The menu's currency.</param>
    /// <param name="now">UTC instant.</param>
    public static Refusal? RefuseFor(VoucherView? voucher, string? customerId, string currency, DateTimeOffset now)
    {
        // A stranger learns nothing of somebody's voucher, not even that it is there.
        if (voucher is null || (voucher.CustomerId is { } owner && owner != customerId)) return Refusals.VoucherUnknown();
        return voucher.Status switch
        {
            VoucherStatus.Redeemed => Refusals.VoucherRedeemed(),
            VoucherStatus.Voided => Refusals.VoucherVoided(),
            _ when voucher.ExpiresAt <= now => Refusals.VoucherExpired(),
            _ => voucher.Terms.Currency == currency ? null : Refusals.VoucherCurrency(),
        };
    }

    /// <summary>Why a submission with this voucher is refused, or null.</summary>
    public static Refusal? RefuseSubmission(VoucherTerms? voucher, Money subtotal) => voucher switch
    {
        null => null,
        _ when voucher.Currency != subtotal.Currency => Refusals.VoucherCurrency(),
        _ when subtotal.AmountMinor < voucher.MinimumMinor => Refusals.VoucherMinimum(new Money(voucher.MinimumMinor, voucher.Currency)),
        _ => null,
    };

    /// <summary>What is wrong with a voucher that is to be issued, or null.</summary>
    public static string? FaultOf(IssueVoucher command, DateTimeOffset now, Limits limits) => command switch
    {
        _ when !Enum.IsDefined(command.Kind) => "the kind is amount or percent",
        { Kind: VoucherKind.Amount } when command.Value < 1 || command.Value > limits.VoucherMinor => $"an amount is 1 to {limits.VoucherMinor} minor units",
        { Kind: VoucherKind.Percent, Value: < 1 or > BasisPoints } => $"a percentage is 1 to {BasisPoints} basis points",
        _ when command.MinimumMinor < 0 || command.MinimumMinor > limits.OrderTotalMinor => $"the minimum is 0 to {limits.OrderTotalMinor} minor units",
        _ when command.ExpiresAt <= now => "it would have expired already",
        _ when command.Note.Length > limits.VoucherNoteCharacters || command.Note.Any(char.IsControl) => $"the note is at most {limits.VoucherNoteCharacters} characters on one line",
        _ => null,
    };
}
