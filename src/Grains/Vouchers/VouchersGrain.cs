using Orleans.Concurrency;
using VoiceOrdering.Customers;
using VoiceOrdering.Grains.Carts;
using VoiceOrdering.Grains.Telemetry;
using VoiceOrdering.Identity;
using VoiceOrdering.Restaurants;
using VoiceOrdering.Vouchers;

namespace VoiceOrdering.Grains.Vouchers;

/// <summary>Issues, shows and voids vouchers of one restaurant. The rows decide; there can be as many activations as there are callers.</summary>
[StatelessWorker]
internal sealed class VouchersGrain(IVoucherStore vouchers, ICustomerStore customers, IIdSource ids, Limits limits, TimeProvider time, OrderingMetrics metrics) : Grain, IVouchersGrain
{
    // A code that is taken already: once in 10^11 over the vouchers there are.
    private const int Draws = 3;

    public async Task<Outcome<VoucherView>> IssueAsync(Caller caller, IssueVoucher command)
    {
        if (Deny(caller) is { } denied) return denied;
        if (command.Key is { } key && !RequestFingerprint.IsValidKey(key)) return Refused(Refusals.IdempotencyKeyInvalid());
        var now = time.GetUtcNow();
        if (VoucherRules.FaultOf(command, now, limits) is { } fault) return Refused(Refusals.VoucherInvalid(fault));
        if (command.CustomerId is { } customer && await customers.FindAsync(caller.Restaurant, customer, CancellationToken.None) is null) return Refused(Refusals.CustomerUnknown());
        var menu = await GrainFactory.GetGrain<IRestaurantGrain>(caller.Restaurant.Value).FindMenuAsync();
        if (!menu.IsOk) return Refused(menu.Refusal);
        for (var draw = 0; draw < Draws; draw++)
        {
            var voucher = new VoucherView
            {
                Terms = new VoucherTerms(VoucherCodes.Draw(ids), command.Kind, command.Value, command.MinimumMinor, menu.Value.Menu.Currency),
                Restaurant = caller.Restaurant,
                CustomerId = command.CustomerId,
                ExpiresAt = command.ExpiresAt,
                Note = command.Note.Trim(),
                IssuedAt = now,
                IssuedBy = caller.Subject,
                ChangedAt = now,
            };
            if (await vouchers.AddAsync(voucher, command.Key, CancellationToken.None) is not { } stored) continue;
            return IsSame(stored, voucher) ? stored : Refused(Refusals.IdempotencyKeyReused());
        }
        throw new InvalidOperationException($"{Draws} codes in a row were taken.");
    }

    public async Task<Outcome<VoucherView>> ViewAsync(Caller caller, string code)
    {
        if (Deny(caller) is { } denied) return denied;
        return await FindAsync(caller, code) is { } found ? found : Refused(Refusals.VoucherUnknown());
    }

    public async Task<Outcome<VoucherView>> VoidAsync(Caller caller, string code)
    {
        if (Deny(caller) is { } denied) return denied;
        if (await FindAsync(caller, code) is not { } voucher) return Refused(Refusals.VoucherUnknown());
        if (voucher.Status == VoucherStatus.Voided) return voucher;
        if (VoucherTransitions.Next(voucher.Status, VoucherEvent.TakenBack) is null) return Refused(Refusals.VoucherRedeemed());
        if (await vouchers.VoidAsync(caller.Restaurant, voucher.Terms.Code, caller.Subject, time.GetUtcNow(), CancellationToken.None) is { } voided) return voided;
        // Somebody was faster: an order redeemed it, or it was voided twice at once.
        var now = await FindAsync(caller, code);
        return now is { Status: VoucherStatus.Voided } ? now : Refused(Refusals.VoucherRedeemed());
    }

    public async Task<Outcome<VoucherPage>> ListAsync(Caller caller, VoucherQuery query)
    {
        if (Deny(caller) is { } denied) return denied;
        return await vouchers.ListAsync(caller.Restaurant, query, CancellationToken.None);
    }

    private async Task<VoucherView?> FindAsync(Caller caller, string code) =>
        VoucherCodes.Read(code) is { } digits ? await vouchers.FindAsync(caller.Restaurant, digits, CancellationToken.None) : null;

    // The same key with other terms is a mistake that must not look like a success.
    private static bool IsSame(VoucherView stored, VoucherView asked) => stored.Terms with { Code = "" } == asked.Terms with { Code = "" }
        && stored.CustomerId == asked.CustomerId && stored.ExpiresAt?.ToUnixTimeMilliseconds() == asked.ExpiresAt?.ToUnixTimeMilliseconds() && stored.Note == asked.Note;

    private Refusal? Deny(Caller caller) => caller.Restaurant.Value != this.GetPrimaryKeyString() ? Refused(Refusals.VoucherUnknown())
        : caller.Scopes.Contains(Scopes.VouchersWrite) ? null
        : Refused(Refusals.ScopeMissing(Scopes.VouchersWrite));

    private Refusal Refused(Refusal refusal) => metrics.Refused(refusal);
}
