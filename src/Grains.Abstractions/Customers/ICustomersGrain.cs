using VoiceOrdering.Carts;
using VoiceOrdering.Identity;
using VoiceOrdering.Orders;

namespace VoiceOrdering.Customers;

/// <summary>
/// The customers of one restaurant. Key: restaurant id, never a phone number, because keys of grains are written to logs. Holds nothing itself:
/// a customer is a row of the customer store.
/// </summary>
[Alias("vo.ICustomersGrain")]
public interface ICustomersGrain : IGrainWithStringKey
{
    /// <summary>The customer of a phone number; refuses <c>SCOPE_MISSING</c> (<c>customers:read</c>), <c>PHONE_INVALID</c>, <c>CUSTOMER_UNKNOWN</c>.</summary>
    [Alias("LookUp")] Task<Outcome<CustomerCard>> LookUpAsync(Caller caller, string phone);

    /// <summary>A customer with the last orders; refuses <c>SCOPE_MISSING</c> (<c>customers:read</c>), <c>CUSTOMER_UNKNOWN</c>.</summary>
    [Alias("View")] Task<Outcome<CustomerCard>> ViewAsync(Caller caller, string customerId);

    /// <summary>
    /// Stores a customer under a phone number, or changes the one who has it; refuses <c>SCOPE_MISSING</c> (<c>customers:write</c>), <c>PHONE_INVALID</c>,
    /// <c>CUSTOMER_INVALID</c>, <c>CUSTOMER_VERSION_CONFLICT</c>.
    /// </summary>
    [Alias("Store")] Task<Outcome<CustomerView>> StoreAsync(Caller caller, StoreCustomer command);

    /// <summary>Forgets a customer: number, name and allergens are gone, orders stay without them; refuses <c>SCOPE_MISSING</c>, <c>CUSTOMER_UNKNOWN</c>.</summary>
    [Alias("Forget")] Task<Outcome<CustomerView>> ForgetAsync(Caller caller, string customerId);

    /// <summary>What a session may know of the customer its cart is bound to: last orders and the usual. No scope beyond <c>orders:create</c>; refuses <c>CUSTOMER_UNKNOWN</c>.</summary>
    [Alias("Recall")] Task<Outcome<CustomerHabits>> RecallAsync(Caller caller, string customerId);
}

/// <summary>A customer of one restaurant.</summary>
[GenerateSerializer, Immutable, Alias("vo.CustomerView")]
public sealed record CustomerView
{
    /// <summary>Opaque; says nothing about the number.</summary>
    [Id(0)] public required string Id { get; init; }
    /// <summary>The restaurant.</summary>
    [Id(1)] public required RestaurantId Restaurant { get; init; }
    /// <summary>E.164, unique in the restaurant.</summary>
    [Id(2)] public required string Phone { get; init; }
    /// <summary>At most <c>Limits.CustomerNameCharacters</c>; may be empty.</summary>
    [Id(3)] public string Name { get; init; } = "";
    /// <summary>Allergens the customer wants to be told of, in the menu's words, sorted.</summary>
    [Id(4)] public IReadOnlyList<string> Allergens { get; init; } = [];
    /// <summary>UTC instant of the first contact.</summary>
    [Id(5)] public DateTimeOffset CreatedAt { get; init; }
    /// <summary>UTC instant of the last change.</summary>
    [Id(6)] public DateTimeOffset ChangedAt { get; init; }
    /// <summary>Grows by one with every change; the HTTP ETag.</summary>
    [Id(7)] public long Version { get; init; }
}

/// <summary>A customer with habits.</summary>
/// <param name="Customer">The customer.</param>
/// <param name="Habits">Last orders and the usual.</param>
[GenerateSerializer, Immutable, Alias("vo.CustomerCard")]
public sealed record CustomerCard([property: Id(0)] CustomerView Customer, [property: Id(1)] CustomerHabits Habits);

/// <summary>What a customer ordered before.</summary>
/// <param name="LastOrders">Newest first, at most <c>Limits.CustomerOrders</c>; cancelled ones are left out.</param>
/// <param name="Usual">Lines of the order that came most often, at least twice, the latest of equals; empty when none did.</param>
[GenerateSerializer, Immutable, Alias("vo.CustomerHabits")]
public sealed record CustomerHabits([property: Id(0)] IReadOnlyList<OrderView> LastOrders, [property: Id(1)] IReadOnlyList<CartLine> Usual);

/// <summary>A customer to store.</summary>
/// <param name="Phone">E.164, or as dialled in the restaurant's country.</param>
/// <param name="ExpectedVersion">0 for a number that is not stored yet; null skips the check.</param>
[GenerateSerializer, Immutable, Alias("vo.StoreCustomer")]
public sealed record StoreCustomer([property: Id(0)] string Phone, [property: Id(1)] long? ExpectedVersion)
{
    /// <summary>The name; may be empty.</summary>
    [Id(2)] public string Name { get; init; } = "";
    /// <summary>Allergens, in the menu's words.</summary>
    [Id(3)] public IReadOnlyList<string> Allergens { get; init; } = [];
}
