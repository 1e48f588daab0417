namespace VoiceOrdering.Identity;

/// <summary>A restaurant (tenant). Never defaulted: every call names the restaurant its token belongs to.</summary>
/// <param name="Value">1–64 characters, lower-case letters, digits and dashes; also the grain key.</param>
[GenerateSerializer, Immutable, Alias("vo.RestaurantId")]
public readonly record struct RestaurantId([property: Id(0)] string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value ?? string.Empty;
}

/// <summary>A voice or text session; also the key of its <c>SessionGrain</c> and <c>CartGrain</c>.</summary>
/// <param name="Value">Opaque, URL-safe, unguessable (at least 128 random bits).</param>
[GenerateSerializer, Immutable, Alias("vo.SessionId")]
public readonly record struct SessionId([property: Id(0)] string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value ?? string.Empty;
}

/// <summary>A placed order; also the key of its <c>OrderGrain</c>.</summary>
/// <param name="Value">Opaque and URL-safe; the number staff call out is <c>OrderView.Number</c>.</param>
[GenerateSerializer, Immutable, Alias("vo.OrderId")]
public readonly record struct OrderId([property: Id(0)] string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value ?? string.Empty;
}

/// <summary>Who asks: the identity taken from the bearer token, checked again inside the grains.</summary>
/// <param name="Subject">Stable user or API-key id; owner of the sessions it opens.</param>
/// <param name="Restaurant">The restaurant of the token, the only one this caller can reach.</param>
/// <param name="Scopes">Granted scopes such as <c>orders:create</c>, sorted.</param>
[GenerateSerializer, Immutable, Alias("vo.Caller")]
public sealed record Caller([property: Id(0)] string Subject, [property: Id(1)] RestaurantId Restaurant, [property: Id(2)] IReadOnlyList<string> Scopes);

/// <summary>The closed list of scopes a token may carry.</summary>
public static class Scopes
{
    /// <summary>Open sessions, change carts, submit orders.</summary>
    public const string OrdersCreate = "orders:create";
    /// <summary>Read orders and the kitchen feed.</summary>
    public const string OrdersRead = "orders:read";
    /// <summary>Move orders through their states.</summary>
    public const string OrdersWrite = "orders:write";
    /// <summary>Change the menu.</summary>
    public const string MenuWrite = "menu:write";
    /// <summary>Change restaurant settings.</summary>
    public const string SettingsWrite = "settings:write";
    /// <summary>Read the operator console.</summary>
    public const string OpsRead = "ops:read";
    /// <summary>Act on the operator console.</summary>
    public const string OpsWrite = "ops:write";
    /// <summary>Read usage and cost.</summary>
    public const string UsageRead = "usage:read";
    /// <summary>Manage users and API keys.</summary>
    public const string UsersWrite = "users:write";
    /// <summary>Read who did what.</summary>
    public const string AuditRead = "audit:read";
    /// <summary>Look customers up.</summary>
    public const string CustomersRead = "customers:read";
    /// <summary>Store and forget customers.</summary>
    public const string CustomersWrite = "customers:write";
    /// <summary>Read, issue and void vouchers.</summary>
    public const string VouchersWrite = "vouchers:write";
}
