using VoiceOrdering.Api.Identity;

namespace VoiceOrdering.Api.Carts;

/// <summary>A line to add; ids come from the menu, a price is not accepted.</summary>
internal sealed record AddLineRequest : TenantScopedRequest
{
    public string? ItemId { get; init; }

    public string? Size { get; init; }

    public IReadOnlyList<string> Options { get; init; } = [];

    public IReadOnlyList<string> Without { get; init; } = [];

    /// <summary>How much of an option.</summary>
    public IReadOnlyList<AmountBody> Amounts { get; init; } = [];

    /// <summary>Wishes in words about what is no choice of the item.</summary>
    public IReadOnlyList<string> Requests { get; init; } = [];

    public int Quantity { get; init; } = 1;
}

/// <summary>A change of a line; members that are left out stay.</summary>
internal sealed record ChangeLineRequest : TenantScopedRequest
{
    public string? Size { get; init; }

    public IReadOnlyList<string> AddOptions { get; init; } = [];

    public IReadOnlyList<string> RemoveOptions { get; init; } = [];

    /// <summary>Amounts to set; <c>regular</c> takes one back.</summary>
    public IReadOnlyList<AmountBody> Amounts { get; init; } = [];

    /// <summary>Takes the place of all wishes of the line; left out, they stay.</summary>
    public IReadOnlyList<string>? Requests { get; init; }

    /// <summary>0 removes the line.</summary>
    public int? Quantity { get; init; }
}

/// <summary>How much of an option: <c>light</c>, <c>regular</c>, <c>extra</c> or <c>side</c>.</summary>
internal sealed record AmountBody
{
    public string? OptionId { get; init; }

    public string? Amount { get; init; }
}

/// <summary>Asks for the cart to become an order.</summary>
internal sealed record SubmitRequest : TenantScopedRequest
{
    /// <summary>The version the customer reviewed.</summary>
    public long? CartVersion { get; init; }
}
