using Orleans.Concurrency;
using VoiceOrdering.Customers;
using VoiceOrdering.Grains.Telemetry;
using VoiceOrdering.Identity;
using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Customers;

/// <summary>Looks up, stores and forgets customers of one restaurant. The rows decide; there can be as many activations as there are callers.</summary>
[StatelessWorker]
internal sealed class CustomersGrain(ICustomerStore customers, IIdSource ids, Limits limits, TimeProvider time, OrderingMetrics metrics) : Grain, ICustomersGrain
{
    public async Task<Outcome<CustomerCard>> LookUpAsync(Caller caller, string phone)
    {
        if (Deny(caller, Scopes.CustomersRead) is { } denied) return denied;
        var number = await ReadAsync(caller.Restaurant, phone);
        if (number is null) return Refused(Refusals.PhoneInvalid());
        return await customers.FindByPhoneAsync(caller.Restaurant, number, CancellationToken.None) is { } found ? await CardAsync(found) : Refused(Refusals.CustomerUnknown());
    }

    public async Task<Outcome<CustomerCard>> ViewAsync(Caller caller, string customerId)
    {
        if (Deny(caller, Scopes.CustomersRead) is { } denied) return denied;
        return await customers.FindAsync(caller.Restaurant, customerId, CancellationToken.None) is { } found ? await CardAsync(found) : Refused(Refusals.CustomerUnknown());
    }

    public async Task<Outcome<CustomerView>> StoreAsync(Caller caller, StoreCustomer command)
    {
        if (Deny(caller, Scopes.CustomersWrite) is { } denied) return denied;
        command = CustomerRules.Trimmed(command);
        if (CustomerRules.FaultOf(command, limits) is { } fault) return Refused(Refusals.CustomerInvalid(fault));
        var number = await ReadAsync(caller.Restaurant, command.Phone);
        if (number is null) return Refused(Refusals.PhoneInvalid());
        var before = await customers.FindByPhoneAsync(caller.Restaurant, number, CancellationToken.None);
        if (command.ExpectedVersion is { } expected && expected != (before?.Version ?? 0)) return Refused(Refusals.CustomerVersionConflict());
        var now = time.GetUtcNow();
        var allergens = command.Allergens.Select(Speech.Lower).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        if (before is null)
        {
            before = await customers.AddAsync(CustomerRules.New(ids, caller.Restaurant, number, now) with { Name = command.Name, Allergens = allergens }, caller.Subject, CancellationToken.None);
            if (before.Name == command.Name && before.Allergens.SequenceEqual(allergens)) return before;
            if (command.ExpectedVersion is not null) return Refused(Refusals.CustomerVersionConflict());
        }
        var after = before with { Name = command.Name, Allergens = allergens, ChangedAt = now };
        return await customers.ChangeAsync(after, caller.Subject, CancellationToken.None) is { } stored ? stored : Refused(Refusals.CustomerVersionConflict());
    }

    public async Task<Outcome<CustomerView>> ForgetAsync(Caller caller, string customerId)
    {
        if (Deny(caller, Scopes.CustomersWrite) is { } denied) return denied;
        if (await customers.FindAsync(caller.Restaurant, customerId, CancellationToken.None) is not { } customer) return Refused(Refusals.CustomerUnknown());
        return await customers.ForgetAsync(new CustomerRemoval(caller.Restaurant, customerId, caller.Subject, time.GetUtcNow()), CancellationToken.None)
            ? customer
            : Refused(Refusals.CustomerUnknown());
    }

    public async Task<Outcome<CustomerHabits>> RecallAsync(Caller caller, string customerId)
    {
        if (Deny(caller, Scopes.OrdersCreate) is { } denied) return denied;
        return await customers.FindAsync(caller.Restaurant, customerId, CancellationToken.None) is { } found ? (await CardAsync(found)).Habits : Refused(Refusals.CustomerUnknown());
    }

    private async Task<CustomerCard> CardAsync(CustomerView customer)
    {
        var orders = await customers.ListOrdersAsync(customer.Restaurant, customer.Id, limits.CustomerOrders, CancellationToken.None);
        return new CustomerCard(customer, new CustomerHabits(orders, UsualOrder.Of(orders)));
    }

    private async Task<string?> ReadAsync(RestaurantId restaurant, string phone)
    {
        var settings = await GrainFactory.GetGrain<IRestaurantGrain>(restaurant.Value).FindSettingsAsync();
        return PhoneNumbers.Read(phone, settings.Value?.Settings);
    }

    private Refusal? Deny(Caller caller, string scope) => caller.Restaurant.Value != this.GetPrimaryKeyString() ? Refused(Refusals.CustomerUnknown())
        : caller.Scopes.Contains(scope) ? null
        : Refused(Refusals.ScopeMissing(scope));

    private Refusal Refused(Refusal refusal) => metrics.Refused(refusal);
}
