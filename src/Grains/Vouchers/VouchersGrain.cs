using System.Globalization;
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
        if (Deny(caller, Scopes.VouchersWrite) is { } denied) return denied;
        if (command.Key is { } key && !RequestFingerprint.IsValidKey(key)) return Refused(Refusals.IdempotencyKeyInvalid());
        command = command with { Key = command.Key is null ? null : "api/" + command.Key };
        // What a key gave before is given again, also when its time is over meanwhile.
        Outcome<VoucherView> issued = await FindByKeyAsync(caller, command.Key) is { } earlier ? earlier : await StoreAsync(caller, command);
        return !issued.IsOk || IsSame(issued.Value, command) ? issued : Refused(Refusals.IdempotencyKeyReused());
    }

    public async Task<Outcome<VoucherView>> IssueGoodwillAsync(Caller caller, string customerId)
    {
        if (Deny(caller, Scopes.OrdersCreate) is { } denied) return denied;
        var settings = await Restaurant.FindSettingsAsync();
        if (settings.Value?.Settings.GoodwillVoucherMinor is not > 0) return Refused(Refusals.VoucherInvalid("this restaurant gives none over the phone"));
        // One a month for each customer, however many sessions they open.
        var key = string.Create(CultureInfo.InvariantCulture, $"goodwill/{customerId}/{time.GetUtcNow():yyyy-MM}");
        // The first one stands, whatever the setting has become since: it was promised.
        Outcome<VoucherView> given = await FindByKeyAsync(caller, key) is { } earlier ? earlier : await StoreAsync(caller, new IssueVoucher(VoucherKind.Amount, settings.Value.Settings.GoodwillVoucherMinor, 0)
        {
            CustomerId = customerId,
            ExpiresAt = time.GetUtcNow() + limits.GoodwillVoucherLifetime,
            Note = "Goodwill, given by the assistant",
            Key = key,
        });
        return !given.IsOk || given.Value.Status == VoucherStatus.Issued ? given : Refused(Refusals.VoucherInvalid("there is one a month, and this month's was given"));
    }

    public async Task<Outcome<VoucherView>> ViewAsync(Caller caller, string code)
    {
        if (Deny(caller, Scopes.VouchersWrite) is { } denied) return denied;
        return await FindAsync(caller, code) is { } found ? found : Refused(Refusals.VoucherUnknown());
    }

    public async Task<Outcome<VoucherView>> VoidAsync(Caller caller, string code)
    {
        if (Deny(caller, Scopes.VouchersWrite) is { } denied) return denied;
        return await FindAsync(caller, code) is { } voucher ? await VoidAsync(caller, voucher) : Refused(Refusals.VoucherUnknown());
    }

    public async Task<Outcome<VoucherView>> VoidOwnAsync(Caller caller, string customerId, string code)
    {
        if (Deny(caller, Scopes.OrdersCreate) is { } denied) return denied;
        if (VoucherCodes.Read(code) is null) return Refused(Refusals.VoucherCodeInvalid());
        return await FindAsync(caller, code) is { } voucher && voucher.CustomerId == customerId ? await VoidAsync(caller, voucher) : Refused(Refusals.VoucherUnknown());
    }

    public async Task<Outcome<VoucherPage>> ListAsync(Caller caller, VoucherQuery query)
    {
        if (Deny(caller, Scopes.VouchersWrite) is { } denied) return denied;
        return await vouchers.ListAsync(caller.Restaurant, query, CancellationToken.None);
    }

    private IRestaurantGrain Restaurant => GrainFactory.GetGrain<IRestaurantGrain>(this.GetPrimaryKeyString());

    /// <summary>Draws a code and stores the voucher; with a key that somebody else used meanwhile, theirs.</summary>
    private async Task<Outcome<VoucherView>> StoreAsync(Caller caller, IssueVoucher command)
    {
        var now = time.GetUtcNow();
        if (VoucherRules.FaultOf(command, now, limits) is { } fault) return Refused(Refusals.VoucherInvalid(fault));
        if (command.CustomerId is { } customer && await customers.FindAsync(caller.Restaurant, customer, CancellationToken.None) is null) return Refused(Refusals.CustomerUnknown());
        var menu = await Restaurant.FindMenuAsync();
        if (!menu.IsOk) return Refused(menu.Refusal);
        for (var draw = 0; draw < Draws; draw++)
        {
            var voucher = VoucherRules.New(caller, command, VoucherCodes.Draw(ids), menu.Value.Menu.Currency, now);
            if (await vouchers.AddAsync(voucher, command.Key, CancellationToken.None) is { } stored) return stored;
        }
        throw new InvalidOperationException($"{Draws} codes in a row were taken.");
    }

    private async Task<Outcome<VoucherView>> VoidAsync(Caller caller, VoucherView voucher)
    {
        if (voucher.Status == VoucherStatus.Voided) return voucher;
        if (VoucherTransitions.Next(voucher.Status, VoucherEvent.TakenBack) is null) return Refused(Refusals.VoucherRedeemed());
        if (await vouchers.VoidAsync(caller.Restaurant, voucher.Terms.Code, caller.Subject, time.GetUtcNow(), CancellationToken.None) is { } voided) return voided;
        // Somebody was faster: an order redeemed it, or it was voided twice at once.
        var now = await FindAsync(caller, voucher.Terms.Code);
        return now is { Status: VoucherStatus.Voided } ? now : Refused(Refusals.VoucherRedeemed());
    }

    private async Task<VoucherView?> FindAsync(Caller caller, string code) =>
        VoucherCodes.Read(code) is { } digits ? await vouchers.FindAsync(caller.Restaurant, digits, CancellationToken.None) : null;

    private async Task<VoucherView?> FindByKeyAsync(Caller caller, string? key) =>
        key is null ? null : await vouchers.FindByKeyAsync(caller.Restaurant, key, CancellationToken.None);

    // The same key with other terms is a mistake that must not look like a success. The currency is the menu's and nobody asks for it.
    private static bool IsSame(VoucherView stored, IssueVoucher asked) =>
        (stored.Terms.Kind, stored.Terms.Value, stored.Terms.MinimumMinor) == (asked.Kind, asked.Value, asked.MinimumMinor)
        && stored.CustomerId == asked.CustomerId && stored.ExpiresAt?.ToUnixTimeMilliseconds() == asked.ExpiresAt?.ToUnixTimeMilliseconds() && stored.Note == asked.Note.Trim();

    private Refusal? Deny(Caller caller, string scope) => caller.Restaurant.Value != this.GetPrimaryKeyString() ? Refused(Refusals.VoucherUnknown())
        : caller.Scopes.Contains(scope) ? null
        : Refused(Refusals.ScopeMissing(scope));

    private Refusal Refused(Refusal refusal) => metrics.Refused(refusal);
}
