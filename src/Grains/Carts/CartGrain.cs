using Microsoft.Extensions.Logging;
using VoiceOrdering.Carts;
using VoiceOrdering.Grains.Customers;
using VoiceOrdering.Grains.Restaurants.Matching;
using VoiceOrdering.Grains.Vouchers;
using VoiceOrdering.Identity;
using VoiceOrdering.Orders;
using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Carts;

/// <summary>The only writer of a session's cart, and the place where it becomes exactly one order.</summary>
internal sealed class CartGrain(
    [PersistentState("cart")] IPersistentState<CartState> state,
    CartSurroundings around,
    ILogger<CartGrain> log) : Grain, ICartGrain
{
    private CartSubmission? _submission;
    private CartAnnouncements? _announcements;
    private MenuIndex? _reviewedWith;
    private long _reviewedVersion;

    private CartState Cart => state.State;
    private SessionId Session => new(this.GetPrimaryKeyString());
    private CartView View => CartRules.View(Cart, Session, Submission.Placed);

    // Nobody can have ordered a cart in which there never was anything.
    public override Task OnActivateAsync(CancellationToken cancellationToken) =>
        Cart.Version > 0 ? Submission.LookAsync(new RestaurantId(Cart.Restaurant!), Session) : Task.CompletedTask;

    public async Task OpenAsync(RestaurantId restaurant, string ownerSubject)
    {
        if (Cart.Restaurant is null) await state.ReplaceAsync(Cart with { Restaurant = restaurant.Value, Owner = ownerSubject });
        else if (Cart.Restaurant != restaurant.Value || Cart.Owner != ownerSubject) throw new InvalidOperationException("The cart belongs to somebody else.");
    }

    public async Task<Outcome<CartView>> ViewAsync(Caller caller)
    {
        if (Deny(caller) is { } denied) return denied;
        if (!Submission.IsOpen) return View;
        var scene = await SceneAsync();
        if (!scene.IsOk) return View;
        await ReviewAsync(scene.Value);
        // An empty cart shows its zeroes in the restaurant's currency.
        return Cart.Currency.Length > 0 ? View : CartRules.View(Cart with { Currency = scene.Value.Menu.Snapshot.Menu.Currency }, Session);
    }

    public Task<Outcome<CartView>> AddLineAsync(Caller caller, CartChange change, LineRequest line) =>
        ChangeAsync(caller, change, RequestFingerprint.Of("add", line), (scene, cart) => NowAsync(scene.Rules.Add(cart, line)));

    public Task<Outcome<CartView>> ChangeLineAsync(Caller caller, CartChange change, string lineId, LinePatch patch) =>
        ChangeAsync(caller, change, RequestFingerprint.Of("change/" + lineId, patch), (scene, cart) => NowAsync(scene.Rules.Change(cart, lineId, patch)));

    public Task<Outcome<CartView>> RemoveLineAsync(Caller caller, CartChange change, string lineId) =>
        ChangeAsync(caller, change, "remove/" + lineId, (_, cart) => NowAsync(CartRules.Remove(cart, lineId)));

    public Task<Outcome<CartView>> ConfirmPricesAsync(Caller caller, CartChange change) =>
        ChangeAsync(caller, change, "confirm-prices", (scene, cart) => NowAsync(scene.Rules.ConfirmPrices(cart)));

    public Task<Outcome<CartView>> ApplyVoucherAsync(Caller caller, CartChange change, string code) =>
        ChangeAsync(caller, change, RequestFingerprint.Of("voucher", code), (scene, cart) => FindVoucherAsync(scene, cart, code));

    public Task<Outcome<CartView>> RemoveVoucherAsync(Caller caller, CartChange change) =>
        ChangeAsync(caller, change, "remove-voucher", (_, cart) => NowAsync(CartRules.WithoutVoucher(cart)));

    public Task<Outcome<CartView>> IdentifyAsync(Caller caller, CartChange change, IdentifyCustomer command) =>
        ChangeAsync(caller, change, RequestFingerprint.Of("identify", command), (scene, cart) => FindCustomerAsync(caller, scene, cart, command));

    public async Task MenuChangedAsync()
    {
        if (!Submission.IsOpen || Cart.Lines.Count == 0) return;
        var scene = await SceneAsync();
        if (scene.IsOk) await ReviewAsync(scene.Value);
    }

    public async Task<Outcome<Submission>> SubmitAsync(Caller caller, SubmitCart command)
    {
        if (Deny(caller) is { } denied) return denied;
        if (!caller.Scopes.Contains(Scopes.OrdersCreate)) return Refused(Refusals.ScopeMissing(Scopes.OrdersCreate));
        if (!RequestFingerprint.IsValidKey(command.IdempotencyKey)) return Refused(Refusals.IdempotencyKeyInvalid());
        await Submission.SettleAsync();
        return Submission.Placed is null ? await BeginAsync(caller, command) : await RepeatAsync(caller, command);
    }

    public async Task ExpireAsync()
    {
        if (Submission.Placed is not null || Cart.Restaurant is null) return;
        // What is forgotten must not be an order, so it is looked for once more.
        if (Cart.Version > 0) await Submission.LookAsync(new RestaurantId(Cart.Restaurant), Session);
        if (Submission.Placed is not null) return;
        if (Cart.Lines.Count > 0) around.Metrics.OrderAbandoned(Cart.Restaurant);
        await state.ClearStateAsync();
        state.State = new CartState();
        DeactivateOnIdle();
    }

    private async Task<Outcome<CartView>> ChangeAsync(Caller caller, CartChange change, string fingerprint, Func<OrderingScene, CartState, Task<Outcome<CartState>>> apply)
    {
        if (Deny(caller) is { } denied) return denied;
        if (change.MutationKey is { } key)
        {
            if (!RequestFingerprint.IsValidKey(key)) return Refused(Refusals.IdempotencyKeyInvalid());
            if (Cart.Applied.FirstOrDefault(applied => applied.Key == key) is { } earlier)
                return earlier.Fingerprint == fingerprint ? View : Refused(Refusals.IdempotencyKeyReused());
        }
        await Submission.SettleAsync();
        if (Submission.Placed is not null) return Refused(Refusals.CartClosed());
        if (change.ExpectedVersion is { } expected && expected != Cart.Version) return Refused(Refusals.CartVersionConflict());
        if (Cart.Applied.Count >= around.Limits.MutationKeys) return Refused(Refusals.CartChangesExhausted());
        var scene = await SceneAsync();
        if (!scene.IsOk) return Refused(scene.Refusal);
        var before = Cart.Version;
        await ReviewAsync(scene.Value);
        if (change.ExpectedVersion is not null && Cart.Version != before) return Refused(Refusals.CartVersionConflict());
        var next = await apply(scene.Value, Cart);
        if (!next.IsOk) return Refused(next.Refusal);
        await KeepAsync(next.Value, change.MutationKey, fingerprint);
        return View;
    }

    private static Task<Outcome<CartState>> NowAsync(Outcome<CartState> next) => Task.FromResult(next);

    /// <summary>Only looks: the voucher is redeemed with the order. A code that is none counts, so that nobody finds one by trying.</summary>
    private async Task<Outcome<CartState>> FindVoucherAsync(OrderingScene scene, CartState cart, string code)
    {
        if (cart.VoucherAttempts >= around.Limits.VoucherAttempts) return Refusals.VoucherAttemptsExhausted();
        if (VoucherCodes.Read(code) is not { } digits) return Refusals.VoucherCodeInvalid();
        var voucher = await around.Rows.Vouchers.FindAsync(new RestaurantId(cart.Restaurant!), digits, CancellationToken.None);
        var next = scene.Rules.WithVoucher(cart, voucher, around.Time.GetUtcNow());
        if (!next.IsOk) await state.ReplaceAsync(Cart with { VoucherAttempts = Cart.VoucherAttempts + 1 });
        return next;
    }

    private async Task<Outcome<CartState>> FindCustomerAsync(Caller caller, OrderingScene scene, CartState cart, IdentifyCustomer command)
    {
        if (cart.LookUps >= around.Limits.CustomerLookUps) return Refusals.LookUpsExhausted();
        var settings = await Restaurant.FindSettingsAsync();
        if (PhoneNumbers.Read(command.Phone, settings.Value?.Settings) is not { } number) return Refusals.PhoneInvalid();
        await state.ReplaceAsync(Cart with { LookUps = Cart.LookUps + 1 });
        var restaurant = new RestaurantId(cart.Restaurant!);
        var customer = await around.Rows.Customers.FindByPhoneAsync(restaurant, number, CancellationToken.None);
        if (customer is null && command.Unknown == UnknownCustomer.Create)
            customer = await around.Rows.Customers.AddAsync(CustomerRules.New(around.Ids, restaurant, number, around.Time.GetUtcNow()), caller.Subject, CancellationToken.None);
        return customer is null ? Refusals.NumberUnknown() : scene.Rules.WithCustomer(Cart, customer);
    }

    private async Task KeepAsync(CartState next, string? key, string fingerprint)
    {
        var started = Cart.StartedAt is null && next.Lines.Count > 0;
        var added = next.Lines.Count > Cart.Lines.Count ? next.Lines[^1].Confidence : null;
        if (key is not null) next = next with { Applied = next.Applied.Append(new AppliedChange(key, fingerprint)).ToArray() };
        if (started) next = next with { StartedAt = around.Time.GetUtcNow() };
        await state.ReplaceAsync(next);
        if (next.Lines.Count > 0) _ = Restaurant.WatchMenuAsync(Session);
        if (started) around.Metrics.OrderStarted(Cart.Restaurant!);
        if (added is { } confidence) around.Metrics.Matched(confidence);
        Announcements.Changed(View, "hand");
    }

    private async Task<Outcome<Submission>> BeginAsync(Caller caller, SubmitCart command)
    {
        if (Cart.Lines.Count == 0) return Refused(Refusals.CartEmpty());
        if (command.ExpectedVersion is { } expected && expected != Cart.Version) return Refused(Refusals.CartVersionConflict());
        var scene = await SceneAsync();
        if (!scene.IsOk) return Refused(scene.Refusal);
        if (!scene.Value.IsOpen) return Refused(Refusals.RestaurantClosed());
        await ReviewAsync(scene.Value);
        if (scene.Value.Rules.CheckSubmission(Cart) is { } refusal) return Refused(refusal);
        var order = CartRules.Order(View, new OrderId(around.Ids.NewId("ord_")), command.Via, around.Time.GetUtcNow());
        var placement = new OrderPlacement(order, Cart.Version, command.IdempotencyKey, command.Fingerprint, caller.Subject) { VoucherCode = Cart.Voucher?.Code };
        var kind = await Submission.PlaceAsync(placement);
        if (kind == PlaceResultKind.Placed) return new Submission(Submission.Placed!.Order, Replayed: false);
        if (kind == PlaceResultKind.VoucherRefused) return await LoseVoucherAsync(placement);
        return Submission.Placed is null ? Refused(Refusals.IdempotencyKeyReused()) : await RepeatAsync(caller, command);
    }

    private void BecameOrder(bool askedHere)
    {
        var order = Submission.Placed!.Order;
        if (askedHere) around.Metrics.OrderCompleted(Cart.Restaurant!, order.Via, order.PlacedAt - (Cart.StartedAt ?? order.PlacedAt));
        Announcements.Placed();
    }

    private async Task<Outcome<Submission>> RepeatAsync(Caller caller, SubmitCart command)
    {
        var repeated = await Submission.RepeatAsync(caller.Subject, command, Cart.Version);
        return repeated.IsOk ? repeated : Refused(repeated.Refusal);
    }

    /// <summary>The voucher went to another order meanwhile, or is over: the cart is open again without it, and the customer has to agree to the new total.</summary>
    private async Task<Outcome<Submission>> LoseVoucherAsync(OrderPlacement placement)
    {
        var voucher = await around.Rows.Vouchers.FindAsync(placement.Order.Restaurant, placement.VoucherCode!, CancellationToken.None);
        var why = VoucherRules.RefuseFor(voucher, Cart.CustomerId, placement.Order.Total.Currency, placement.Order.PlacedAt) ?? Refusals.VoucherUnknown();
        await state.ReplaceAsync(CartRules.WithoutVoucher(Cart));
        Announcements.Changed(View, "voucher");
        return Refused(why with { Sentence = $"{why.Sentence} Without it the total is {Speech.Price(View.Total)}." });
    }

    private Refusal? Deny(Caller caller) => Cart.Restaurant is null || Cart.Restaurant != caller.Restaurant.Value || Cart.Owner != caller.Subject
        ? Refused(Refusals.SessionUnknown())
        : null;

    private CartAnnouncements Announcements => _announcements ??= new CartAnnouncements(this, GrainFactory, () => (Submission.Placed!.Order, View), log);

    private CartSubmission Submission => _submission ??= new CartSubmission(this, around, BecameOrder, log);

    private IRestaurantGrain Restaurant => GrainFactory.GetGrain<IRestaurantGrain>(Cart.Restaurant!);

    private async Task<Outcome<OrderingScene>> SceneAsync()
    {
        var ordering = await Restaurant.FindOrderingAsync();
        if (!ordering.IsOk) return ordering.Refusal;
        var menu = around.Menus.For(Cart.Restaurant!, ordering.Value.Menu);
        return new OrderingScene(menu, new CartRules(menu, ordering.Value.PriceRule, around.Limits), ordering.Value.IsOpen);
    }

    /// <summary>Looks at the lines with the menu of the moment; what is not as it was gets its notice before anything else happens.</summary>
    private async Task ReviewAsync(OrderingScene scene)
    {
        if (ReferenceEquals(_reviewedWith, scene.Menu) && _reviewedVersion == Cart.Version) return;
        var reviewed = scene.Rules.Review(Cart);
        if (reviewed != Cart)
        {
            await state.ReplaceAsync(reviewed);
            foreach (var notice in Cart.Lines.Select(line => line.Notice).OfType<LineNotice>()) around.Metrics.Refused(new Refusal(notice.Code, notice.Sentence));
            Announcements.Changed(View, "menu");
        }
        (_reviewedWith, _reviewedVersion) = (scene.Menu, Cart.Version);
    }

    private Refusal Refused(Refusal refusal) => around.Metrics.Refused(refusal);

    /// <summary>What a cart is judged with at one moment.</summary>
    private sealed record OrderingScene(MenuIndex Menu, CartRules Rules, bool IsOpen);
}
