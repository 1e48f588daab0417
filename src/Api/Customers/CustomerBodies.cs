using VoiceOrdering.Api.Carts;
using VoiceOrdering.Api.Identity;
using VoiceOrdering.Api.Orders;
using VoiceOrdering.Customers;

namespace VoiceOrdering.Api.Customers;

/// <summary>Asks for the customer of a number. Numbers travel in bodies only: paths and queries are written to logs.</summary>
internal sealed record PhoneRequest : TenantScopedRequest
{
    /// <summary>E.164, or as dialled in the restaurant's country.</summary>
    public string? Phone { get; init; }
}

/// <summary>A customer to store; the number says whom.</summary>
internal sealed record StoreCustomerRequest : TenantScopedRequest
{
    public string? Phone { get; init; }

    public string? Name { get; init; }

    /// <summary>In the menu's words; the assistant points them out without being asked.</summary>
    public IReadOnlyList<string> Allergens { get; init; } = [];
}

/// <summary>A customer on the wire.</summary>
internal record CustomerBody
{
    public required string CustomerId { get; init; }

    /// <summary>E.164.</summary>
    public required string Phone { get; init; }

    public required string Name { get; init; }

    public required IReadOnlyList<string> Allergens { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    public required long Version { get; init; }

    public static CustomerBody From(CustomerView customer) => new()
    {
        CustomerId = customer.Id,
        Phone = customer.Phone,
        Name = customer.Name,
        Allergens = customer.Allergens,
        CreatedAt = customer.CreatedAt,
        ChangedAt = customer.ChangedAt,
        Version = customer.Version,
    };
}

/// <summary>A customer with what they ordered before.</summary>
/// <param name="Customer">The customer.</param>
/// <param name="LastOrders">Newest first.</param>
/// <param name="Usual">What they order most often; empty when nothing came twice.</param>
internal sealed record CustomerCardBody(CustomerBody Customer, IReadOnlyList<OrderBody> LastOrders, IReadOnlyList<LineBody> Usual)
{
    public static CustomerCardBody From(CustomerCard card) =>
        new(CustomerBody.From(card.Customer), [.. card.Habits.LastOrders.Select(OrderBody.From)], LineBody.From(card.Habits.Usual));
}
