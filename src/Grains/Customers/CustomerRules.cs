using VoiceOrdering.Customers;
using VoiceOrdering.Identity;

namespace VoiceOrdering.Grains.Customers;

/// <summary>What a customer can be. Pure.</summary>
internal static class CustomerRules
{
    private const int AllergenCharacters = 60;

    /// <summary>A customer of whom nothing but the number is known.</summary>
    public static CustomerView New(IIdSource ids, RestaurantId restaurant, string phone, DateTimeOffset at) =>
        new() { Id = ids.NewId("cus_"), Restaurant = restaurant, Phone = phone, CreatedAt = at, ChangedAt = at, Version = 1 };

    /// <summary>The same without blanks around names.</summary>
    public static StoreCustomer Trimmed(StoreCustomer command) =>
        command with { Name = command.Name.Trim(), Allergens = command.Allergens.Select(allergen => allergen?.Trim() ?? "").ToArray() };

    /// <summary>What is wrong with a customer that is to be stored, or null.</summary>
    public static string? FaultOf(StoreCustomer command, Limits limits)
    {
        if (command.Name.Length > limits.CustomerNameCharacters || command.Name.Any(char.IsControl)) return $"the name is at most {limits.CustomerNameCharacters} characters";
        if (command.Allergens.Count > limits.CustomerAllergens) return $"at most {limits.CustomerAllergens} allergens can be named";
        return command.Allergens.Any(allergen => allergen.Length is 0 or > AllergenCharacters || allergen.Any(char.IsControl)) ? $"an allergen is 1 to {AllergenCharacters} characters" : null;
    }
}
