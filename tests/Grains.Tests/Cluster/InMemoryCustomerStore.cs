using VoiceOrdering.Customers;
using VoiceOrdering.Identity;
using VoiceOrdering.Orders;

namespace VoiceOrdering.Grains.Tests.Cluster;

/// <summary>Customers with the rules of <see cref="ICustomerStore"/> in memory, over the orders of an order store.</summary>
internal sealed class InMemoryCustomerStore(InMemoryOrderStore orders) : ICustomerStore
{
    private readonly Lock _gate = new();
    private readonly List<CustomerView> _customers = [];

    public Task<CustomerView?> FindByPhoneAsync(RestaurantId restaurant, string phone, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult(_customers.Find(customer => customer.Restaurant == restaurant && customer.Phone == phone));
    }

    public Task<CustomerView?> FindAsync(RestaurantId restaurant, string customerId, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult(_customers.Find(customer => customer.Restaurant == restaurant && customer.Id == customerId));
    }

    public Task<CustomerView> AddAsync(CustomerView customer, string subject, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_customers.Find(known => known.Restaurant == customer.Restaurant && known.Phone == customer.Phone) is { } known) return Task.FromResult(known);
            _customers.Add(customer);
            return Task.FromResult(customer);
        }
    }

    public Task<CustomerView?> ChangeAsync(CustomerView customer, string subject, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var at = _customers.FindIndex(known => known.Id == customer.Id && known.Version == customer.Version);
            return Task.FromResult(at < 0 ? null : _customers[at] = customer with { Version = customer.Version + 1 });
        }
    }

    public Task<bool> ForgetAsync(CustomerRemoval removal, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult(_customers.RemoveAll(customer => customer.Restaurant == removal.Restaurant && customer.Id == removal.CustomerId) > 0);
    }

    public Task<IReadOnlyList<OrderView>> ListOrdersAsync(RestaurantId restaurant, string customerId, int most, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<OrderView>>(
        [.. orders.Orders.Where(order => order.Restaurant == restaurant && order.CustomerId == customerId && order.Status != OrderStatus.Cancelled).OrderByDescending(order => order.PlacedAt).Take(most)]);
}
