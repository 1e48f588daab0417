namespace VoiceOrdering.Realtime;

/// <summary>A price in billionths of a currency unit: provider prices are far below a cent per answer.</summary>
/// <param name="AmountNano">Billionths of <paramref name="Currency"/>.</param>
/// <param name="Currency">ISO 4217 code.</param>
public readonly record struct RealtimeCost(long AmountNano, string Currency);
