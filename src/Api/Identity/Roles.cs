using VoiceOrdering.Identity;

namespace VoiceOrdering.Api.Identity;

/// <summary>What each role may do. Roles are names for sets of scopes; only scopes are ever checked.</summary>
internal static class Roles
{
    /// <summary>May do everything at its restaurant; at least one is always left.</summary>
    public const string Owner = "owner";

    /// <summary>Of the platform, not of a restaurant; at least one is always left.</summary>
    public const string Operator = "operator";

    private static readonly SortedDictionary<string, string[]> OfRestaurants = new(StringComparer.Ordinal)
    {
        [Owner] =
        [
            Scopes.AuditRead, Scopes.CustomersRead, Scopes.CustomersWrite, Scopes.MenuWrite, Scopes.OrdersCreate, Scopes.OrdersRead, Scopes.OrdersWrite, Scopes.SettingsWrite,
            Scopes.UsageRead, Scopes.UsersWrite, Scopes.VouchersWrite,
        ],
        ["manager"] =
        [
            Scopes.AuditRead, Scopes.CustomersRead, Scopes.CustomersWrite, Scopes.MenuWrite, Scopes.OrdersCreate, Scopes.OrdersRead, Scopes.OrdersWrite, Scopes.SettingsWrite,
            Scopes.UsageRead, Scopes.VouchersWrite,
        ],
        ["staff"] = [Scopes.CustomersRead, Scopes.OrdersCreate, Scopes.OrdersRead, Scopes.OrdersWrite],
        ["kitchen"] = [Scopes.OrdersRead, Scopes.OrdersWrite],
        // For a web page of the restaurant's own: it can take orders and read none of others.
        ["ordering"] = [Scopes.OrdersCreate],
        ["reporting"] = [Scopes.OrdersRead, Scopes.UsageRead],
    };

    private static readonly string[] OperatorScopes = [Scopes.AuditRead, Scopes.OpsRead, Scopes.OpsWrite];

    /// <summary>Roles a restaurant can give, or for null those of the platform; sorted.</summary>
    public static IReadOnlyCollection<string> NamesIn(RestaurantId? realm) => realm is null ? [Operator] : OfRestaurants.Keys;

    /// <summary>The role in which somebody must be left.</summary>
    public static string KeptIn(RestaurantId? realm) => realm is null ? Operator : Owner;

    /// <summary>Scopes of a role, sorted; null for a role that is not in the table.</summary>
    public static IReadOnlyList<string>? ScopesOf(string role) => role == Operator ? OperatorScopes : OfRestaurants.GetValueOrDefault(role);
}
