namespace VoiceOrdering.Bench.Storage;

/// <summary>A state of the size of a small cart.</summary>
[GenerateSerializer, Alias("vo.bench.State")]
internal sealed class BenchState
{
    /// <summary>Writes so far.</summary>
    [Id(0)] public long Count { get; set; }

    /// <summary>The rest of a cart.</summary>
    [Id(1)] public string Filler { get; set; } = new('x', 400);
}
