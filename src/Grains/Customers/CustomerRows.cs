using VoiceOrdering.Customers;
using VoiceOrdering.Identity;

namespace VoiceOrdering.Grains.Customers;

/// <summary>New customers.</summary>
internal static class CustomerRows
{
    /// <summary>A customer of whom nothing but the number is known.</summary>
    public static CustomerView New(IIdSource ids, RestaurantId restaurant, string phone, DateTimeOffset at) =>
        new() { Id = ids.NewId("cus_"), Restaurant = restaurant, Phone = phone, CreatedAt = at, ChangedAt = at, Version = 1 };
}
