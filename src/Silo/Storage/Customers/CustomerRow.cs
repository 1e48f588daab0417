using VoiceOrdering.Customers;
using VoiceOrdering.Identity;

namespace VoiceOrdering.Silo.Storage.Customers;

/// <summary>A row of <c>customers</c> as Dapper reads and writes it.</summary>
internal sealed class CustomerRow
{
    // Names of allergens have no control characters.
    private const char Between = '\n';

    public string CustomerId { get; set; } = "";
    public string RestaurantId { get; set; } = "";
    public string Phone { get; set; } = "";
    public string Name { get; set; } = "";
    public string Allergens { get; set; } = "";
    public long CreatedAt { get; set; }
    public long ChangedAt { get; set; }
    public long Version { get; set; }

    public static CustomerRow From(CustomerView customer) => new()
    {
        CustomerId = customer.Id,
        RestaurantId = customer.Restaurant.Value,
        Phone = customer.Phone,
        Name = customer.Name,
        Allergens = string.Join(Between, customer.Allergens),
        CreatedAt = customer.CreatedAt.ToUnixTimeMilliseconds(),
        ChangedAt = customer.ChangedAt.ToUnixTimeMilliseconds(),
        Version = customer.Version,
    };

    public CustomerView ToView() => new()
    {
        Id = CustomerId,
        Restaurant = new RestaurantId(RestaurantId),
        Phone = Phone,
        Name = Name,
        Allergens = Allergens.Length == 0 ? Array.Empty<string>() : Allergens.Split(Between),
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        ChangedAt = DateTimeOffset.FromUnixTimeMilliseconds(ChangedAt),
        Version = Version,
    };
}
