using Dapper;
using VoiceOrdering.Customers;
using VoiceOrdering.Identity;
using VoiceOrdering.Orders;
using VoiceOrdering.Silo.Audit;
using VoiceOrdering.Silo.Storage.Audit;
using VoiceOrdering.Silo.Storage.Orders;
using VoiceOrdering.Silo.Storage.Relational;
using VoiceOrdering.Silo.Storage.Vouchers;

namespace VoiceOrdering.Silo.Storage.Customers;

/// <inheritdoc cref="ICustomerStore"/>
internal sealed class CustomerStore(RelationalDatabase database) : ICustomerStore
{
    public Task<CustomerView?> FindByPhoneAsync(RestaurantId restaurant, string phone, CancellationToken cancellationToken) =>
        FindAsync(CustomerSql.FindByPhone, new { Restaurant = restaurant.Value, Phone = phone }, cancellationToken);

    public Task<CustomerView?> FindAsync(RestaurantId restaurant, string customerId, CancellationToken cancellationToken) =>
        FindAsync(CustomerSql.Find, new { Restaurant = restaurant.Value, Customer = customerId }, cancellationToken);

    public Task<CustomerView> AddAsync(CustomerView customer, string subject, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(customer);
        var row = CustomerRow.From(customer);
        return database.WriteAsync(
            session =>
            {
                if (session.Connection.Execute(CustomerSql.Insert, row) == 1)
                {
                    Audit(session, row, subject, "customer.created");
                }
                return session.Connection.QueryFirst<CustomerRow>(CustomerSql.FindByPhone, new { Restaurant = row.RestaurantId, row.Phone }).ToView();
            },
            cancellationToken);
    }

    public Task<CustomerView?> ChangeAsync(CustomerView customer, string subject, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(customer);
        var row = CustomerRow.From(customer);
        return database.WriteAsync(
            session =>
            {
                var changed = session.Connection.QueryFirstOrDefault<CustomerRow>(CustomerSql.Change, row);
                if (changed is not null)
                {
                    Audit(session, changed, subject, "customer.changed");
                }
                return changed?.ToView();
            },
            cancellationToken);
    }

    public Task<bool> ForgetAsync(CustomerRemoval removal, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(removal);
        var at = removal.At.ToUnixTimeMilliseconds();
        var who = new { Restaurant = removal.Restaurant.Value, Customer = removal.CustomerId, At = at };
        return database.WriteAsync(
            session =>
            {
                if (session.Connection.Execute(CustomerSql.Delete, who) == 0)
                {
                    return false;
                }
                session.Connection.Execute(OrderSql.ForgetCustomer, who);
                session.Connection.Execute(VoucherSql.VoidOfCustomer, who);
                Audit(session, new CustomerRow { CustomerId = removal.CustomerId, RestaurantId = removal.Restaurant.Value, ChangedAt = at }, removal.Subject, "customer.forgotten");
                return true;
            },
            cancellationToken);
    }

    public Task<IReadOnlyList<OrderView>> ListOrdersAsync(RestaurantId restaurant, string customerId, int most, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<OrderView>>(
        session => session.Connection.Query<OrderRow>(
            OrderSql.ListOfCustomer, new { Restaurant = restaurant.Value, Customer = customerId, Cancelled = (long)OrderStatus.Cancelled, Most = most }).Select(row => row.ToView()).ToArray(),
        cancellationToken);

    private Task<CustomerView?> FindAsync(string sql, object parameters, CancellationToken cancellationToken) =>
        database.ReadAsync(session => session.Connection.QueryFirstOrDefault<CustomerRow>(sql, parameters)?.ToView(), cancellationToken);

    // Neither number nor name: the audit is kept for years and read by others.
    private static void Audit(SqlSession session, CustomerRow row, string subject, string action) =>
        AuditLog.Add(session, new AuditEntry(row.RestaurantId, subject, action, row.CustomerId, ""), row.ChangedAt);
}
