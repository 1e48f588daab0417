namespace VoiceOrdering.Pricing;

/// <summary>An amount in the currency's minor unit (cents for USD); never floating point.</summary>
/// <param name="AmountMinor">Minor units; negative for discounts.</param>
/// <param name="Currency">ISO 4217 code, upper case.</param>
[GenerateSerializer, Immutable, Alias("vo.Money")]
public readonly record struct Money([property: Id(0)] long AmountMinor, [property: Id(1)] string Currency);
