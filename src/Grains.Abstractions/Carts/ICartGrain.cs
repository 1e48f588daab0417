using Orleans.Concurrency;
using VoiceOrdering.Identity;
using VoiceOrdering.Orders;
using VoiceOrdering.Pricing;
using VoiceOrdering.Restaurants;
using VoiceOrdering.Vouchers;

namespace VoiceOrdering.Carts;

/// <summary>The only writer of a session's cart. Key: session id. Every accepted change is durable when the call returns.</summary>
[Alias("vo.ICartGrain")]
public interface ICartGrain : IGrainWithStringKey
{
    /// <summary>Binds the cart to its restaurant and owner; repeated calls with the same values change nothing.</summary>
    [Alias("Open")] Task OpenAsync(RestaurantId restaurant, string ownerSubject);

    /// <summary>The cart; refuses <c>SESSION_UNKNOWN</c>, also for another owner or restaurant, so that no id is confirmed to a stranger.</summary>
    [Alias("View")] Task<Outcome<CartView>> ViewAsync(Caller caller);

    /// <summary>
    /// Adds a line. The same <see cref="CartChange.MutationKey"/> again changes nothing and returns the cart as it stands; with another
    /// request it refuses <c>IDEMPOTENCY_KEY_REUSED</c>. Refusals are not remembered. A cart that became an order refuses <c>CART_CLOSED</c>.
    /// </summary>
    [Alias("AddLine")] Task<Outcome<CartView>> AddLineAsync(Caller caller, CartChange change, LineRequest line);

    /// <summary>Changes a line; only the members that are set.</summary>
    [Alias("ChangeLine")] Task<Outcome<CartView>> ChangeLineAsync(Caller caller, CartChange change, string lineId, LinePatch patch);

    /// <summary>Removes a line; refuses <c>LINE_UNKNOWN</c>.</summary>
    [Alias("RemoveLine")] Task<Outcome<CartView>> RemoveLineAsync(Caller caller, CartChange change, string lineId);

    /// <summary>
    /// Turns the cart into exactly one order: the order row, the key's result and the outbox rows commit in one transaction.
    /// Refuses <c>CART_EMPTY</c>, <c>CART_VERSION_CONFLICT</c>, <c>IDEMPOTENCY_KEY_REUSED</c>, guardrail codes.
    /// </summary>
    [Alias("Submit")] Task<Outcome<Submission>> SubmitAsync(Caller caller, SubmitCart command);

    /// <summary>Agrees to what all notices with a price say (a new price, or something sold out that a line comes without); without one nothing changes.</summary>
    [Alias("ConfirmPrices")] Task<Outcome<CartView>> ConfirmPricesAsync(Caller caller, CartChange change);

    /// <summary>
    /// Takes a voucher on; another one is put in its place. It is redeemed only when the cart becomes an order. Refuses <c>VOUCHER_CODE_INVALID</c>, <c>VOUCHER_UNKNOWN</c>
    /// (also for another customer's), <c>VOUCHER_REDEEMED</c>, <c>VOUCHER_VOIDED</c>, <c>VOUCHER_EXPIRED</c>, <c>VOUCHER_CURRENCY</c>, after too many wrong codes <c>VOUCHER_ATTEMPTS_EXHAUSTED</c>.
    /// </summary>
    [Alias("ApplyVoucher")] Task<Outcome<CartView>> ApplyVoucherAsync(Caller caller, CartChange change, string code);

    /// <summary>Takes the voucher off; without one nothing changes.</summary>
    [Alias("RemoveVoucher")] Task<Outcome<CartView>> RemoveVoucherAsync(Caller caller, CartChange change);

    /// <summary>
    /// Binds the cart to the customer of a phone number; refuses <c>PHONE_INVALID</c>, <c>CUSTOMER_UNKNOWN</c>, after too many numbers <c>LOOKUPS_EXHAUSTED</c>.
    /// A number that changes takes a voucher off that only the customer before could redeem.
    /// </summary>
    [Alias("Identify")] Task<Outcome<CartView>> IdentifyAsync(Caller caller, CartChange change, IdentifyCustomer command);

    /// <summary>Told by the restaurant that its effective menu changed: lines that can no longer be had as they are get a notice.</summary>
    [Alias("MenuChanged"), OneWay] Task MenuChangedAsync();

    /// <summary>Told by the session when it is over for good: finishes a submission that was cut off, then forgets a cart that never became an order.</summary>
    [Alias("Expire")] Task ExpireAsync();
}

/// <summary>What every change carries.</summary>
/// <param name="MutationKey">Idempotency key of the change (provider call id, Idempotency-Key), 1–255 characters; null for none.</param>
/// <param name="ExpectedVersion">Cart version it was made from; null skips the check. Another one in force refuses <c>CART_VERSION_CONFLICT</c>.</param>
[GenerateSerializer, Immutable, Alias("vo.CartChange")]
public sealed record CartChange([property: Id(0)] string? MutationKey, [property: Id(1)] long? ExpectedVersion);

/// <summary>A line somebody asks for; ids come from the menu, never a price.</summary>
[GenerateSerializer, Immutable, Alias("vo.LineRequest")]
public sealed record LineRequest
{
    /// <summary>Menu item id.</summary>
    [Id(0)] public required string ItemId { get; init; }
    /// <summary>Size id; null takes the default or refuses <c>SIZE_REQUIRED</c>.</summary>
    [Id(1)] public string? Size { get; init; }
    /// <summary>Options to add, by id.</summary>
    [Id(2)] public IReadOnlyList<string> Options { get; init; } = [];
    /// <summary>Default options to leave off, by id.</summary>
    [Id(3)] public IReadOnlyList<string> Without { get; init; } = [];
    /// <summary>1 to <c>Limits.QuantityPerLine</c>.</summary>
    [Id(4)] public int Quantity { get; init; } = 1;
    /// <summary>The caller's words for this line, from which the confidence is computed; null for a hand edit.</summary>
    [Id(5)] public string? Heard { get; init; }
    /// <summary>How much of an option of the item, at most one amount an option; an option with an amount is asked for.</summary>
    [Id(6)] public IReadOnlyList<OptionAmount> Amounts { get; init; } = [];
    /// <summary>Wishes in words about what is no choice of the item ("no onions"), at most <c>Limits.RequestsPerLine</c>; refused with <c>REQUEST_UNKNOWN</c> when the menu knows nothing of it.</summary>
    [Id(7)] public IReadOnlyList<string> Requests { get; init; } = [];
}

/// <summary>A change of a line; null members stay as they are.</summary>
[GenerateSerializer, Immutable, Alias("vo.LinePatch")]
public sealed record LinePatch
{
    /// <summary>New size id.</summary>
    [Id(0)] public string? Size { get; init; }
    /// <summary>Options to add, by id.</summary>
    [Id(1)] public IReadOnlyList<string> AddOptions { get; init; } = [];
    /// <summary>Options (chosen or default) to take off, by id.</summary>
    [Id(2)] public IReadOnlyList<string> RemoveOptions { get; init; } = [];
    /// <summary>New quantity; 0 removes the line.</summary>
    [Id(3)] public int? Quantity { get; init; }
    /// <summary>The caller's words; null for a hand edit.</summary>
    [Id(4)] public string? Heard { get; init; }
    /// <summary>Amounts to set; <c>regular</c> takes one back.</summary>
    [Id(5)] public IReadOnlyList<OptionAmount> Amounts { get; init; } = [];
    /// <summary>Wishes that take the place of all earlier ones; empty takes them off, null leaves them.</summary>
    [Id(6)] public IReadOnlyList<string>? Requests { get; init; }
}

/// <summary>The cart as shown and spoken.</summary>
[GenerateSerializer, Immutable, Alias("vo.CartView")]
public sealed record CartView
{
    /// <summary>The session.</summary>
    [Id(0)] public required SessionId Session { get; init; }
    /// <summary>The restaurant.</summary>
    [Id(1)] public required RestaurantId Restaurant { get; init; }
    /// <summary>Grows by one with every change; the HTTP ETag.</summary>
    [Id(2)] public long Version { get; init; }
    /// <summary>In the order they were added.</summary>
    [Id(3)] public IReadOnlyList<CartLine> Lines { get; init; } = [];
    /// <summary>Sum of the line prices.</summary>
    [Id(4)] public Money Subtotal { get; init; }
    /// <summary>Tax on the subtotal added on top (0 when the prices contain it, see <see cref="IncludedTax"/>).</summary>
    [Id(5)] public Money Tax { get; init; }
    /// <summary>What the customer pays.</summary>
    [Id(6)] public Money Total { get; init; }
    /// <summary>Set once the cart became an order.</summary>
    [Id(7)] public OrderId? Order { get; init; }
    /// <summary>Tax contained in the prices; 0 when tax is added on top.</summary>
    [Id(8)] public Money IncludedTax { get; init; }
    /// <summary>What the voucher takes off the subtotal, 0 or more; 0 while the subtotal is below the voucher's minimum.</summary>
    [Id(9)] public Money Discount { get; init; }
    /// <summary>The voucher that will be redeemed with the order, or null.</summary>
    [Id(10)] public VoucherTerms? Voucher { get; init; }
    /// <summary>The customer the cart is bound to, or null.</summary>
    [Id(11)] public string? CustomerId { get; init; }
    /// <summary>Allergens that customer wants to be told of.</summary>
    [Id(12)] public IReadOnlyList<string> CustomerAllergens { get; init; } = [];
}

/// <summary>Whose cart it is.</summary>
/// <param name="Phone">E.164, or as dialled in the restaurant's country.</param>
/// <param name="Unknown">What a number means that is not stored.</param>
[GenerateSerializer, Immutable, Alias("vo.IdentifyCustomer")]
public sealed record IdentifyCustomer([property: Id(0)] string Phone, [property: Id(1)] UnknownCustomer Unknown);

/// <summary>What a phone number means that is not stored.</summary>
[GenerateSerializer, Alias("vo.UnknownCustomer")]
public enum UnknownCustomer
{
    /// <summary>Refused with <c>CUSTOMER_UNKNOWN</c>; nothing is stored.</summary>
    Refuse = 0,
    /// <summary>A new customer with an id of their own.</summary>
    Create = 1,
}

/// <summary>One line of a cart or order.</summary>
[GenerateSerializer, Immutable, Alias("vo.CartLine")]
public sealed record CartLine
{
    /// <summary><c>l1</c>, <c>l2</c> … never reused in a cart.</summary>
    [Id(0)] public required string LineId { get; init; }
    /// <summary>Menu item id.</summary>
    [Id(1)] public required string ItemId { get; init; }
    /// <summary>Name at the time of adding.</summary>
    [Id(2)] public required string Name { get; init; }
    /// <summary>Size id or null.</summary>
    [Id(3)] public string? Size { get; init; }
    /// <summary>Size name or null.</summary>
    [Id(4)] public string? SizeName { get; init; }
    /// <summary>Chosen options that are not defaults.</summary>
    [Id(5)] public IReadOnlyList<ChosenOption> Options { get; init; } = [];
    /// <summary>Default options taken off.</summary>
    [Id(6)] public IReadOnlyList<ChosenOption> Without { get; init; } = [];
    /// <summary>1 or more.</summary>
    [Id(7)] public int Quantity { get; init; }
    /// <summary>Price of one, options included.</summary>
    [Id(8)] public Money UnitPrice { get; init; }
    /// <summary>Unit price times quantity.</summary>
    [Id(9)] public Money LinePrice { get; init; }
    /// <summary>How well the caller's words fit the item, 0–1; null for a hand edit.</summary>
    [Id(10)] public double? Confidence { get; init; }
    /// <summary>Tax class at the time of adding.</summary>
    [Id(11)] public string TaxClass { get; init; } = "standard";
    /// <summary>Allergens of the item and of every option on it, defaults that were not taken off included; sorted.</summary>
    [Id(12)] public IReadOnlyList<string> Allergens { get; init; } = [];
    /// <summary>Set when the menu changed so that the line cannot be ordered as it is; null otherwise.</summary>
    [Id(13)] public LineNotice? Notice { get; init; }
    /// <summary>How much of an option, where that was said; in the item's order.</summary>
    [Id(14)] public IReadOnlyList<ChosenAmount> Amounts { get; init; } = [];
    /// <summary>Wishes for the kitchen that are no choice of the item, in the order they were said.</summary>
    [Id(15)] public IReadOnlyList<SpecialRequest> Requests { get; init; } = [];
}

/// <summary>What is wrong with a line since the menu changed.</summary>
/// <param name="Code">A refusal code, or <c>PRICE_CHANGED</c>.</param>
/// <param name="Sentence">Speakable.</param>
/// <param name="NewUnitPrice">Where the customer can agree: the price of one from then on.</param>
[GenerateSerializer, Immutable, Alias("vo.LineNotice")]
public sealed record LineNotice([property: Id(0)] string Code, [property: Id(1)] string Sentence, [property: Id(2)] Money? NewUnitPrice);

/// <summary>An option on a line.</summary>
/// <param name="Id">Option id.</param>
/// <param name="Name">Name at the time of adding.</param>
/// <param name="PriceDelta">Price added to the unit price.</param>
[GenerateSerializer, Immutable, Alias("vo.ChosenOption")]
public sealed record ChosenOption([property: Id(0)] string Id, [property: Id(1)] string Name, [property: Id(2)] Money PriceDelta);

/// <summary>Asks for the cart to become an order.</summary>
/// <param name="IdempotencyKey">1–255 visible ASCII characters. A spoken confirmation uses <c>session/cart-version</c>.</param>
/// <param name="ExpectedVersion">The version the customer reviewed; null takes the cart as it is.</param>
/// <param name="Fingerprint">Hash of the request's payload; the same key with another one refuses <c>IDEMPOTENCY_KEY_REUSED</c>.</param>
/// <param name="Via"><c>voice</c>, <c>click</c> or <c>text</c>; for the audit only.</param>
[GenerateSerializer, Immutable, Alias("vo.SubmitCart")]
public sealed record SubmitCart([property: Id(0)] string IdempotencyKey, [property: Id(1)] long? ExpectedVersion, [property: Id(2)] string Fingerprint, [property: Id(3)] string Via);

/// <summary>The order a submission led to.</summary>
/// <param name="Order">The order as stored.</param>
/// <param name="Replayed">True when an earlier submission placed it.</param>
[GenerateSerializer, Immutable, Alias("vo.Submission")]
public sealed record Submission([property: Id(0)] OrderView Order, [property: Id(1)] bool Replayed);
