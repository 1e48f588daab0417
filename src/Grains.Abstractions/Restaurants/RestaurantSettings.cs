namespace VoiceOrdering.Restaurants;

/// <summary>What a restaurant's staff can set beside the menu. The defaults are those of a restaurant that never set anything.</summary>
[GenerateSerializer, Immutable, Alias("vo.RestaurantSettings")]
public sealed record RestaurantSettings
{
    /// <summary>Shown and spoken name; 1–60 characters.</summary>
    [Id(0)] public required string Name { get; init; }
    /// <summary>BCP 47 tag of the default call language.</summary>
    [Id(1)] public required string Language { get; init; }
    /// <summary>IANA time zone.</summary>
    [Id(2)] public required string TimeZone { get; init; }
    /// <summary>The first spoken sentence; 1–300 characters.</summary>
    [Id(3)] public required string Greeting { get; init; }
    /// <summary>When orders are taken; empty for always. Ranges may touch but not overlap.</summary>
    [Id(4)] public IReadOnlyList<OpeningHours> Hours { get; init; } = [];
    /// <summary>Numbers callers dial, E.164; at most <c>Limits.RestaurantPhones</c>.</summary>
    [Id(5)] public IReadOnlyList<string> Phones { get; init; } = [];
    /// <summary>Told to every caller at the beginning ("The card reader is out of order today."); at most 300 characters, may be empty.</summary>
    [Id(6)] public string Notice { get; init; } = "";
    /// <summary>The house's own advice for the assistant; at most 2,000 characters, may be empty. It cannot change the rules of ordering.</summary>
    [Id(7)] public string Prompt { get; init; } = "";
    /// <summary>What happens to a line in an open cart when its price changes.</summary>
    [Id(8)] public PriceRule PriceRule { get; init; }
    /// <summary>Amount of the voucher the assistant may give a customer for a mishap, in minor units; 0 for none.</summary>
    [Id(9)] public long GoodwillVoucherMinor { get; init; }
}

/// <summary>A time in which orders are taken, local to the restaurant; an end at or before the beginning reaches into the next day.</summary>
/// <param name="Day">The day it begins.</param>
/// <param name="From">Included.</param>
/// <param name="Until">Excluded.</param>
[GenerateSerializer, Immutable, Alias("vo.OpeningHours")]
public sealed record OpeningHours([property: Id(0)] DayOfWeek Day, [property: Id(1)] TimeOnly From, [property: Id(2)] TimeOnly Until);

/// <summary>What happens to a line in an open cart when its price changes.</summary>
[GenerateSerializer, Alias("vo.PriceRule")]
public enum PriceRule
{
    /// <summary>The price of the moment it was added holds.</summary>
    Agreed = 0,
    /// <summary>The customer has to agree to the new price.</summary>
    Reconfirm = 1,
}

/// <summary>Settings with the version they were stored under.</summary>
/// <param name="Version">0 before the first change; grows by one; the HTTP ETag.</param>
/// <param name="Settings">The settings.</param>
/// <param name="IsOpen">Whether orders are taken now.</param>
[GenerateSerializer, Immutable, Alias("vo.SettingsSnapshot")]
public sealed record SettingsSnapshot([property: Id(0)] long Version, [property: Id(1)] RestaurantSettings Settings, [property: Id(2)] bool IsOpen);

/// <summary>Result of a change of the settings.</summary>
/// <param name="Stored">What is in force after the call.</param>
/// <param name="Faults">Empty when stored.</param>
/// <param name="Refusal">Set when refused for another reason than faults.</param>
[GenerateSerializer, Immutable, Alias("vo.SettingsChange")]
public sealed record SettingsChange([property: Id(0)] SettingsSnapshot? Stored, [property: Id(1)] IReadOnlyList<MenuFault> Faults, [property: Id(2)] Refusal? Refusal);

/// <summary>What decides about an order at one moment.</summary>
/// <param name="Menu">The effective menu.</param>
/// <param name="PriceRule">What a changed price means.</param>
/// <param name="IsOpen">Whether orders are taken.</param>
[GenerateSerializer, Immutable, Alias("vo.OrderingSnapshot")]
public sealed record OrderingSnapshot([property: Id(0)] MenuSnapshot Menu, [property: Id(1)] PriceRule PriceRule, [property: Id(2)] bool IsOpen);
