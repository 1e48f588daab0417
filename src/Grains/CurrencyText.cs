using System.Globalization;

namespace VoiceOrdering.Grains;

/// <summary>Minor units as text; the number of decimals is the currency's (ISO 4217).</summary>
public static class CurrencyText
{
    public static int Decimals(string currency) => currency switch
    {
        "BIF" or "CLP" or "DJF" or "GNF" or "ISK" or "JPY" or "KMF" or "KRW" or "PYG" or "RWF" or "UGX" or "VND" or "VUV" or "XAF" or "XOF" or "XPF" => 0,
        "BHD" or "IQD" or "JOD" or "KWD" or "LYD" or "OMR" or "TND" => 3,
        _ => 2,
    };

    /// <summary>For example <c>7.49</c> or <c>-0.50</c>.</summary>
    public static string Amount(long amountMinor, string currency)
    {
        var decimals = Decimals(currency);
        if (decimals == 0) return amountMinor.ToString(CultureInfo.InvariantCulture);
        var unit = decimals == 2 ? 100 : 1000;
        var sign = amountMinor < 0 ? "-" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{Math.Abs(amountMinor / unit)}.{Math.Abs(amountMinor % unit).ToString(CultureInfo.InvariantCulture).PadLeft(decimals, '0')}");
    }
}
