namespace VoiceOrdering.Realtime.Simulator.Protocol;

/// <summary>Ids that look like the provider's: a prefix and 21 letters or digits, from a seeded source. Safe for concurrent use.</summary>
internal sealed class IdSource(Random random)
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int Length = 21;

    private readonly Lock _gate = new();

    public string Next(string prefix)
    {
        lock (_gate)
        {
            return prefix + "_" + random.GetString(Alphabet, Length);
        }
    }
}
