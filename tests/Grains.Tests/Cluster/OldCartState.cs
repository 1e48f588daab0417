using VoiceOrdering.Carts;
using VoiceOrdering.Grains.Carts;
using VoiceOrdering.Orders;
using VoiceOrdering.Restaurants;
using VoiceOrdering.Vouchers;

namespace VoiceOrdering.Grains.Tests.Cluster;

/// <summary>The members of a cart's state before ADR 10.</summary>
[GenerateSerializer, Alias("test.OldCartState")]
public sealed record OldCartState
{
    [Id(0)] public string? Restaurant { get; init; }
    [Id(1)] public string Owner { get; init; } = "";
    [Id(2)] public long Version { get; init; }
    [Id(3)] public int NextLine { get; init; } = 1;
    [Id(4)] public IReadOnlyList<CartLine> Lines { get; init; } = [];
    [Id(5)] public IReadOnlyList<AppliedChange> Applied { get; init; } = [];
    [Id(6)] public OldCartPhase Phase { get; init; }
    [Id(7)] public OrderPlacement? Placement { get; init; }
    [Id(8)] public OrderView? Order { get; init; }
    [Id(9)] public DateTimeOffset? StartedAt { get; init; }
    [Id(10)] public string Currency { get; init; } = "";
    [Id(11)] public TaxRule Tax { get; init; } = new(false, new Dictionary<string, int>());
    [Id(12)] public VoucherTerms? Voucher { get; init; }
    [Id(13)] public bool VoucherIsPersonal { get; init; }
    [Id(14)] public int VoucherAttempts { get; init; }
    [Id(15)] public string? CustomerId { get; init; }
    [Id(16)] public IReadOnlyList<string> CustomerAllergens { get; init; } = [];
    [Id(17)] public int LookUps { get; init; }

    public static OldCartState Of(CartState now) => new()
    {
        Restaurant = now.Restaurant,
        Owner = now.Owner,
        Version = now.Version,
        NextLine = now.NextLine,
        Lines = now.Lines,
        Applied = now.Applied,
        StartedAt = now.StartedAt,
        Currency = now.Currency,
        Tax = now.Tax,
        Voucher = now.Voucher,
        VoucherIsPersonal = now.VoucherIsPersonal,
        VoucherAttempts = now.VoucherAttempts,
        CustomerId = now.CustomerId,
        CustomerAllergens = now.CustomerAllergens,
        LookUps = now.LookUps,
    };
}

[GenerateSerializer, Alias("test.OldCartPhase")]
public enum OldCartPhase
{
    Open = 0,
    Submitting = 1,
    Placed = 2,
}
