namespace VoiceOrdering.Bench;

/// <summary>Cases measured together in one run, so that their ratios mean something on a noisy machine.</summary>
internal interface IBenchGroup
{
    /// <summary>Name on the command line: <c>./vo bench NAME</c>.</summary>
    string Name { get; }

    /// <summary>One sentence: what is measured.</summary>
    string What { get; }

    /// <summary>Runs every case and yields its figures as they are known.</summary>
    IAsyncEnumerable<BenchResult> RunAsync(BenchOptions options, CancellationToken cancellationToken);
}

/// <summary>How to run.</summary>
/// <param name="Duration">Measuring time of one case, after its warm-up.</param>
/// <param name="Directory">Scratch folder on a real disk; removed afterwards.</param>
/// <param name="Time">The clock.</param>
internal sealed record BenchOptions(TimeSpan Duration, string Directory, TimeProvider Time)
{
    /// <summary>Folder of measurement data, or null.</summary>
    public string? Data { get; init; }
}

/// <summary>What the command line asks for.</summary>
/// <param name="Groups">Names of groups; empty for all.</param>
/// <param name="Duration">Measuring time of one case.</param>
/// <param name="Output">Where the JSON goes.</param>
/// <param name="Data">Folder of measurement data, or null.</param>
internal sealed record BenchRequest(IReadOnlyList<string> Groups, TimeSpan Duration, DirectoryInfo Output, string? Data);

/// <summary>One figure.</summary>
/// <param name="Case">What was measured.</param>
/// <param name="Value">The figure.</param>
/// <param name="Unit">Its unit, such as <c>calls/s</c> or <c>µs p99</c>.</param>
/// <param name="Target">What it should reach, or null.</param>
/// <param name="Better">Whether the target is a floor or a ceiling.</param>
internal sealed record BenchResult(string Case, double Value, string Unit, double? Target = null, Direction Better = Direction.Higher)
{
    /// <summary>Whether the target is reached; null without a target.</summary>
    public bool? Reached => Target is null ? null : Better == Direction.Higher ? Value >= Target : Value <= Target;
}

/// <summary>Which way is better.</summary>
internal enum Direction
{
    /// <summary>Throughput.</summary>
    Higher,

    /// <summary>Latency and memory.</summary>
    Lower,
}
