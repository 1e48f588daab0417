namespace VoiceOrdering.Realtime;

/// <summary>
/// Prices raw usage. Rates are data per model; a model without rates stays unpriced (null), never free and never guessed.
/// Immutable, safe for concurrent use.
/// </summary>
public sealed class RealtimePricing
{
    private readonly Dictionary<string, RealtimeRates> _rates;

    /// <summary>Takes the rates; the key is the model's name without a date suffix.</summary>
    public RealtimePricing(IReadOnlyDictionary<string, RealtimeRates> ratesByModel)
    {
        ArgumentNullException.ThrowIfNull(ratesByModel);
        _rates = new Dictionary<string, RealtimeRates>(ratesByModel, StringComparer.Ordinal);
    }

    /// <summary>
    /// Rates for <paramref name="model"/>, or null when none are known. A dated snapshot
    /// (<c>name-2026-08-21</c>) has the rates of its name.
    /// </summary>
    public RealtimeRates? FindRates(string model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return _rates.GetValueOrDefault(model) ?? _rates.GetValueOrDefault(WithoutDate(model));
    }

    /// <summary>Price of <paramref name="usage"/>, or null when the model has no rates.</summary>
    public RealtimeCost? Price(string model, RealtimeUsage usage)
    {
        if (FindRates(model) is not { } rates)
        {
            return null;
        }

        // Cached tokens are a subset of the input: the rest is billed at the full rate.
        var nano = checked(
            (usage.InputTextTokens - usage.CachedTextTokens) * rates.InputTextNano
            + (usage.InputAudioTokens - usage.CachedAudioTokens) * rates.InputAudioNano
            + (usage.InputImageTokens - usage.CachedImageTokens) * rates.InputImageNano
            + usage.CachedTextTokens * rates.CachedTextNano
            + usage.CachedAudioTokens * rates.CachedAudioNano
            + usage.CachedImageTokens * rates.CachedImageNano
            + usage.OutputTextTokens * rates.OutputTextNano
            + usage.OutputAudioTokens * rates.OutputAudioNano);
        return new RealtimeCost(nano, rates.Currency);
    }

    private static string WithoutDate(string model)
    {
        const int suffix = 11; // "-2026-08-21"
        if (model.Length <= suffix || model[^suffix] != '-')
        {
            return model;
        }

        return DateOnly.TryParseExact(model.AsSpan(model.Length - suffix + 1), "yyyy-MM-dd", out _) ? model[..^suffix] : model;
    }
}
