namespace VoiceOrdering.Load.Orders;

/// <summary>How much is ordered and how much breaks meanwhile.</summary>
/// <param name="Seed">All else follows from it: who orders what when, what dies when.</param>
/// <param name="Orders">1 or more.</param>
/// <param name="Restaurants">1 or more; each has a point of sale of its own.</param>
/// <param name="Spread">Time over which orders are placed.</param>
internal sealed record OrderLoad(int Seed, int Orders, int Restaurants, TimeSpan Spread)
{
    /// <summary>How often the process is killed (SIGKILL) and started again on its data.</summary>
    public int Kills { get; init; }

    /// <summary>How often a point of sale is dead for a while.</summary>
    public int Outages { get; init; }
}
