using VoiceOrdering.Identity;
using VoiceOrdering.Orders;

namespace VoiceOrdering.Customers;

/// <summary>The rows of customers, beside the orders in the same database. Durable when a method returns. Changes write an audit row without the number or the name.</summary>
public interface ICustomerStore
{
    /// <summary>The customer of a number in this restaurant, or null.</summary>
    /// <param name="restaurant">The restaurant.</param>
    /// <param name="phone">E.164.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<CustomerView?> FindByPhoneAsync(RestaurantId restaurant, string phone, CancellationToken cancellationToken);

    /// <summary>The customer, or null (also when of another restaurant).</summary>
    Task<CustomerView?> FindAsync(RestaurantId restaurant, string customerId, CancellationToken cancellationToken);

    /// <summary>Adds the customer, or returns the one who has the number already.</summary>
    Task<CustomerView> AddAsync(CustomerView customer, string subject, CancellationToken cancellationToken);

    /// <summary>Changes name and allergens when the row still has the version before; null when it moved on.</summary>
    Task<CustomerView?> ChangeAsync(CustomerView customer, string subject, CancellationToken cancellationToken);

    /// <summary>Deletes the row, takes the customer off the orders and voids the issued vouchers that only they could redeem; false when there is none.</summary>
    Task<bool> ForgetAsync(CustomerRemoval removal, CancellationToken cancellationToken);

    /// <summary>The customer's orders, newest first, without cancelled ones.</summary>
    Task<IReadOnlyList<OrderView>> ListOrdersAsync(RestaurantId restaurant, string customerId, int most, CancellationToken cancellationToken);
}

/// <summary>A customer to forget.</summary>
/// <param name="Restaurant">The restaurant.</param>
/// <param name="CustomerId">The customer.</param>
/// <param name="Subject">Who asked, for the audit.</param>
/// <param name="At">UTC instant.</param>
public sealed record CustomerRemoval(RestaurantId Restaurant, string CustomerId, string Subject, DateTimeOffset At);
