using VoiceOrdering.Carts;

namespace VoiceOrdering.Grains.Sessions.Tools;

/// <summary>Reads allergens back that the customer's profile names (features A8): nobody has to ask for them.</summary>
internal static class AllergenSpeech
{
    /// <summary>A sentence with a blank before it, or nothing.</summary>
    public static string After(CartView cart, CartLine line) => Sentence([line], cart.CustomerAllergens);

    /// <summary>For all lines of the cart.</summary>
    public static string After(CartView cart) => Sentence(cart.Lines, cart.CustomerAllergens);

    private static string Sentence(IReadOnlyList<CartLine> lines, IReadOnlyList<string> watched)
    {
        var warnings = lines
            .Select(line => (line.Name, Found: line.Allergens.Where(allergen => watched.Contains(allergen, StringComparer.OrdinalIgnoreCase)).ToArray()))
            .Where(warning => warning.Found.Length > 0)
            .Select(warning => $"{warning.Name} contains {Speech.AllOf(warning.Found)}")
            .Distinct(StringComparer.Ordinal)
            .ToArray();
        return warnings.Length == 0 ? "" : $" Please note: {string.Join("; ", warnings)}. Is that all right?";
    }
}
