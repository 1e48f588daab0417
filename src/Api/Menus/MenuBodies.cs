using VoiceOrdering.Api.Identity;
using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Api.Menus;

/// <summary>The menu in force.</summary>
internal sealed record MenuBody(long Version, Menu Menu);

/// <summary>The version a menu was stored under.</summary>
internal sealed record MenuVersionBody(long Version);

/// <summary>One fault of a refused menu.</summary>
internal sealed record MenuFaultBody(string Path, string Code, string Detail);

/// <summary>Words to be understood.</summary>
internal sealed record ParseOrderRequest : TenantScopedRequest
{
    public string? Text { get; init; }

    public double? Threshold { get; init; }
}

/// <summary>A menu as written, with where it comes from.</summary>
internal sealed record MenuSourceBody(string MenuId, long Version, DateTimeOffset? StoredAt, string StoredBy, DateTimeOffset? ActiveFrom, Menu Menu);

/// <summary>All faults of a menu; empty when it could be stored.</summary>
internal sealed record MenuFaultsBody(IReadOnlyList<MenuFaultBody> Errors);

/// <summary>Asks for an earlier version to be the newest again.</summary>
internal sealed record RevertMenuRequest : TenantScopedRequest
{
    public long? Version { get; init; }
}

/// <summary>Asks for a menu to be in force from an instant on.</summary>
internal sealed record SwitchMenuRequest : TenantScopedRequest
{
    public string? MenuId { get; init; }

    /// <summary>UTC instant; absent for at once.</summary>
    public DateTimeOffset? From { get; init; }
}

/// <summary>Marks an item as sold out.</summary>
internal sealed record SoldOutRequest : TenantScopedRequest
{
    /// <summary>Instant of its return; absent until somebody takes the mark off.</summary>
    public DateTimeOffset? Until { get; init; }
}
