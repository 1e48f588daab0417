namespace VoiceOrdering.Grains.Restaurants.Matching;

/// <summary>
/// How likely a line is right in everything, from how well its item was named and from what speaks against it. The more speaks against it, the less it is
/// believed, whatever the constants: every weight is 0 or more. They were fitted on half of the sentences of ./vo bench match --data, clean and spoiled by
/// recognition in equal parts (docs/reference/benchmarks.md).
/// </summary>
internal static class LineTrust
{
    // What nothing speaks against is still not certain: a word that was lost leaves no trace.
    private const double Always = 0.029;
    private const double Naming = 0.637;
    private const double MisheardWord = 0.131;
    private const double StrangeWord = 0.325;
    private const double IdleWord = 0.388;
    private const double DanglingWord = 0.156;
    // More signs than these say no more.
    private const int MostStrange = 3, MostIdle = 2, MostDangling = 2;

    /// <param name="named">How well the item was named, above 0 to 1.</param>
    /// <param name="against">What speaks against the line.</param>
    /// <returns>
    /// 0 to 1. An item that was named well enough to be asked about stays so: what speaks against its options and number is a reason to ask, not to drop it.
    /// </returns>
    public static double Of(double named, LineEvidence against)
    {
        var doubt = Always - (Naming * Math.Log(named)) + (MisheardWord * Math.Min(against.Misheard, 1)) + (StrangeWord * Math.Min(against.Strange, MostStrange))
            + (IdleWord * Math.Min(against.Idle, MostIdle)) + (DanglingWord * Math.Min(against.Dangling, MostDangling));
        // An item that is itself to be asked about is not made surer by what stands around it.
        var trust = Math.Min(Math.Exp(-doubt), named < MatchThresholds.Accept ? named : 1);
        return named >= MatchThresholds.Confirm ? Math.Max(trust, MatchThresholds.Confirm) : trust;
    }
}
