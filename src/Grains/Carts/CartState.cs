using VoiceOrdering.Carts;
using VoiceOrdering.Identity;
using VoiceOrdering.Orders;
using VoiceOrdering.Vouchers;

namespace VoiceOrdering.Grains.Carts;

/// <summary>What is kept of a cart. Immutable: a change makes a new one, so that a failed write leaves the old one in force.</summary>
[GenerateSerializer, Alias("vo.CartState")]
public sealed record CartState
{
    /// <summary>The restaurant; null until the cart is opened.</summary>
    [Id(0)] public string? Restaurant { get; init; }
    /// <summary>Subject that owns the cart.</summary>
    [Id(1)] public string Owner { get; init; } = "";
    /// <summary>Grows by one with every change.</summary>
    [Id(2)] public long Version { get; init; }
    /// <summary>Number of the next line.</summary>
    [Id(3)] public int NextLine { get; init; } = 1;
    /// <summary>Lines in the order they were added.</summary>
    [Id(4)] public IReadOnlyList<CartLine> Lines { get; init; } = [];
    /// <summary>Changes that were applied, oldest first.</summary>
    [Id(5)] public IReadOnlyList<AppliedChange> Applied { get; init; } = [];
    /// <summary>UTC instant of the first line, null before it.</summary>
    [Id(9)] public DateTimeOffset? StartedAt { get; init; }
    /// <summary>Currency of the lines.</summary>
    [Id(10)] public string Currency { get; init; } = "";
    /// <summary>Tax rule in force when a line was last priced.</summary>
    [Id(11)] public VoiceOrdering.Restaurants.TaxRule Tax { get; init; } = new(false, new Dictionary<string, int>());
    /// <summary>The voucher that will be redeemed with the order, or null.</summary>
    [Id(12)] public VoucherTerms? Voucher { get; init; }
    /// <summary>Whether only the cart's customer can redeem that voucher.</summary>
    [Id(13)] public bool VoucherIsPersonal { get; init; }
    /// <summary>Codes that were tried and were none.</summary>
    [Id(14)] public int VoucherAttempts { get; init; }
    /// <summary>The customer, or null.</summary>
    [Id(15)] public string? CustomerId { get; init; }
    /// <summary>Allergens that customer wants to be told of.</summary>
    [Id(16)] public IReadOnlyList<string> CustomerAllergens { get; init; } = [];
    /// <summary>Phone numbers that were asked for.</summary>
    [Id(17)] public int LookUps { get; init; }
}

/// <summary>A change of the cart that was applied.</summary>
/// <param name="Key">The caller's mutation key.</param>
/// <param name="Fingerprint">Hash of the request, so that a reused key is noticed.</param>
[GenerateSerializer, Immutable, Alias("vo.AppliedChange")]
public sealed record AppliedChange([property: Id(0)] string Key, [property: Id(1)] string Fingerprint);
