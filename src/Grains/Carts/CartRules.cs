using System.Globalization;
using VoiceOrdering.Carts;
using VoiceOrdering.Customers;
using VoiceOrdering.Grains.Restaurants.Matching;
using VoiceOrdering.Grains.Vouchers;
using VoiceOrdering.Identity;
using VoiceOrdering.Orders;
using VoiceOrdering.Pricing;
using VoiceOrdering.Restaurants;
using VoiceOrdering.Vouchers;

namespace VoiceOrdering.Grains.Carts;

/// <summary>What a change makes of a cart: pure functions from state to state. Who may change it, and when, is the grain's business.</summary>
internal sealed class CartRules
{
    private readonly MenuIndex _menu;
    private readonly CartGuardrails _guardrails;
    private readonly CartReview _review;

    public CartRules(MenuIndex menu, PriceRule rule, Limits limits)
    {
        _menu = menu;
        _guardrails = new CartGuardrails(menu, limits);
        _review = new CartReview(_guardrails, rule);
    }

    public Outcome<CartState> Add(CartState cart, LineRequest request)
    {
        var line = _guardrails.Build(request, "l" + cart.NextLine.ToString(CultureInfo.InvariantCulture));
        return line.IsOk ? Changed(cart with { NextLine = cart.NextLine + 1 }, [.. cart.Lines, line.Value]) : line.Refusal;
    }

    public Outcome<CartState> Change(CartState cart, string lineId, LinePatch patch)
    {
        if (patch.Quantity == 0) return Remove(cart, lineId);
        if (cart.Lines.FirstOrDefault(line => line.LineId == lineId) is not { } line) return LineUnknown(cart);
        var built = _guardrails.Build(new LineMerge(_menu.Find(line.ItemId), line).With(patch), lineId, patch.Requests is null ? LineMerge.StillWished(line, patch) : []);
        if (!built.IsOk) return built.Refusal;
        // The words of a change ("make it large") need not name the item, so the first confidence stands.
        var changed = built.Value with { Confidence = line.Confidence };
        changed = _review.Review([CartReview.KeepPrice(line, changed)])[0];
        return Changed(cart, cart.Lines.Select(other => other.LineId == lineId ? changed : other).ToArray());
    }

    public static Outcome<CartState> Remove(CartState cart, string lineId) => cart.Lines.Any(line => line.LineId == lineId)
        ? cart with { Lines = cart.Lines.Where(line => line.LineId != lineId).ToArray(), Version = cart.Version + 1 }
        : LineUnknown(cart);

    /// <summary>The cart with notices on the lines that this menu no longer has as they are; the same one when nothing changed.</summary>
    public CartState Review(CartState cart)
    {
        var lines = _review.Review(cart.Lines);
        return ReferenceEquals(lines, cart.Lines) ? cart : cart with { Lines = lines, Version = cart.Version + 1 };
    }

    /// <summary>The cart with what its notices ask agreed to; the same one when there is nothing to agree to.</summary>
    public Outcome<CartState> ConfirmPrices(CartState cart) => cart.Lines.Any(line => line.Notice?.NewUnitPrice is not null)
        ? Changed(cart, [.. _review.Agree(cart.Lines)])
        : cart;

    public Refusal? CheckSubmission(CartState cart) => _guardrails.CheckSubmission(cart.Lines)
        ?? VoucherRules.RefuseSubmission(cart.Voucher, new Money(cart.Lines.Sum(line => line.LinePrice.AmountMinor), cart.Currency));

    /// <summary>The cart with the voucher of this row, in the place of any other.</summary>
    public Outcome<CartState> WithVoucher(CartState cart, VoucherView? voucher, DateTimeOffset now)
    {
        var currency = _menu.Snapshot.Menu.Currency;
        if (VoucherRules.RefuseFor(voucher, cart.CustomerId, currency, now) is { } refusal) return refusal;
        return cart.Voucher == voucher!.Terms ? cart : cart with { Voucher = voucher.Terms, VoucherIsPersonal = voucher.CustomerId is not null, Version = cart.Version + 1, Currency = currency };
    }

    public static CartState WithoutVoucher(CartState cart) => cart.Voucher is null ? cart : cart with { Voucher = null, VoucherIsPersonal = false, Version = cart.Version + 1 };

    /// <summary>The cart of this customer; what only another one could redeem is taken off.</summary>
    public CartState WithCustomer(CartState cart, CustomerView customer)
    {
        // An empty cart shows its zeroes in the restaurant's currency.
        if (cart.Currency.Length == 0) cart = cart with { Currency = _menu.Snapshot.Menu.Currency };
        if (cart.CustomerId == customer.Id && cart.CustomerAllergens.SequenceEqual(customer.Allergens)) return cart;
        if (cart.VoucherIsPersonal && cart.CustomerId != customer.Id) cart = WithoutVoucher(cart);
        return cart with { CustomerId = customer.Id, CustomerAllergens = customer.Allergens.ToArray(), Version = cart.Version + 1 };
    }

    /// <summary>The cart as it is shown; one that is an order shows what was ordered and what it costs, and has the next version.</summary>
    public static CartView View(CartState cart, SessionId session, PlacedCart? placed = null)
    {
        if (placed is not null) return View(cart, placed.Order, session);
        // The menu's currency may have changed since the voucher was taken on.
        var totals = CartPricing.Total(cart.Lines, cart.Tax, cart.Voucher?.Currency == cart.Currency ? cart.Voucher : null);
        return new CartView
        {
            Session = session,
            Restaurant = new RestaurantId(cart.Restaurant ?? ""),
            Version = cart.Version,
            Lines = cart.Lines,
            Subtotal = new Money(totals.Subtotal, cart.Currency),
            Tax = new Money(totals.Tax, cart.Currency),
            IncludedTax = new Money(totals.IncludedTax, cart.Currency),
            Total = new Money(totals.Total, cart.Currency),
            Discount = new Money(totals.Discount, cart.Currency),
            Voucher = cart.Voucher,
            CustomerId = cart.CustomerId,
            CustomerAllergens = cart.CustomerAllergens,
        };
    }

    private static CartView View(CartState cart, OrderView order, SessionId session) => new()
    {
        Session = session,
        Restaurant = order.Restaurant,
        Version = cart.Version + 1,
        Lines = order.Lines,
        Subtotal = order.Subtotal,
        Tax = order.Tax,
        IncludedTax = order.IncludedTax,
        Total = order.Total,
        Order = order.Id,
        Discount = order.Discount,
        Voucher = order.Voucher is null ? null : cart.Voucher,
        CustomerId = order.CustomerId,
        CustomerAllergens = cart.CustomerAllergens,
    };

    /// <summary>The cart as an order that can be stored; the number is the store's.</summary>
    public static OrderView Order(CartView cart, OrderId id, string via, DateTimeOffset at) => new()
    {
        Id = id,
        Number = "",
        Restaurant = cart.Restaurant,
        Session = cart.Session,
        Status = OrderStatus.Placed,
        Lines = cart.Lines,
        Subtotal = cart.Subtotal,
        Tax = cart.Tax,
        IncludedTax = cart.IncludedTax,
        Total = cart.Total,
        PlacedAt = at,
        ChangedAt = at,
        Version = 1,
        Via = via,
        Discount = cart.Discount,
        Voucher = cart.Voucher is { } voucher ? VoucherCodes.Shown(voucher.Code) : null,
        CustomerId = cart.CustomerId,
    };

    private Outcome<CartState> Changed(CartState cart, CartLine[] lines) => _guardrails.CheckCaps(lines) is { } refusal
        ? refusal
        : cart with { Lines = lines, Version = cart.Version + 1, Currency = _menu.Snapshot.Menu.Currency, Tax = _menu.Snapshot.Menu.Tax };

    private static Refusal LineUnknown(CartState cart) => Refusals.LineUnknown(cart.Lines.Select(line => line.LineId).ToArray());
}
