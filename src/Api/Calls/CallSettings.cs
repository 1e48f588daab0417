namespace VoiceOrdering.Api.Calls;

/// <summary>Limits and times of live calls. Section <c>Calls</c> of the configuration; ranges are enforced at start.</summary>
internal sealed record CallSettings
{
    /// <summary>Most live calls and typed conversations of this process, 1 to 10000 (<c>AT_CAPACITY</c>). Default 500.</summary>
    public int MaxCalls { get; init; } = 500;

    /// <summary>What a refused caller is told to wait, 1 s to 300 s. Default 10 s.</summary>
    public TimeSpan CapacityRetryAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest wait for a provider session, 1 s to 120 s. Default 15 s.</summary>
    public TimeSpan ProviderConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Waits before the second, third … attempt to open a provider session; the first is made at once. Default 1 s, 2 s, 4 s.</summary>
    public IReadOnlyList<TimeSpan> ProviderBackOff { get; init; } = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4)];

    /// <summary>No attempt begins later than this after the first, 1 s to 300 s. Default 45 s.</summary>
    public TimeSpan ProviderConnectBudget { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>Most provider sessions lost in one call before the call is given up, 1 to 100. Default 10.</summary>
    public int ProviderLossLimit { get; init; } = 10;

    /// <summary>A provider session that lived shorter than this counts as a failed attempt, 0 s to 60 s. Default 5 s.</summary>
    public TimeSpan ProviderShortLife { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Silence of a provider that owes an answer, after which its session counts as lost, 2 s to 120 s. Default 10 s.</summary>
    public TimeSpan ProviderStallTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Silence of a provider that owes nothing, after which it is asked for a sign of life, 2 s to 300 s. Default 15 s.</summary>
    public TimeSpan ProviderProbeAfter { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long before the provider's cap a new session is opened at the next turn boundary, 10 s to 30 min. Default 5 min.</summary>
    public TimeSpan RotateBeforeExpiry { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Silence of the caller that ends a turn, 200 ms to 3 s. Default 500 ms.</summary>
    public TimeSpan TurnSilence { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>After the caller's turn, the time the provider gets to begin its answer before we ask for one, 500 ms to 30 s. Default 3 s.</summary>
    public TimeSpan TurnAnswerPatience { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Longest run of one tool call, repetitions with the same call id included, 1 s to 120 s. Default 15 s.</summary>
    public TimeSpan ToolTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Most tool calls that wait or run in one call, 1 to 256. Default 32.</summary>
    public int MaxPendingTools { get; init; } = 32;

    /// <summary>Most inputs (typed turns, tool answers, prompts) that wait to be sent, 4 to 1024. Default 64.</summary>
    public int MaxPendingInputs { get; init; } = 64;

    /// <summary>Most typed turns that wait for the provider (<c>TURNS_PENDING</c>), 1 to 64. Default 8.</summary>
    public int MaxPendingTurns { get; init; } = 8;

    /// <summary>Most notices for the session grain that wait to be delivered, 16 to 8192. Default 512; relayed ones are dropped from half of it on.</summary>
    public int MaxPendingNotices { get; init; } = 512;

    /// <summary>Most provider events that wait for the bridge, 16 to 8192. Default 256; above it the socket is not read.</summary>
    public int MaxPendingEvents { get; init; } = 256;

    /// <summary>Most assistant audio that waits to be played, 10 s to 10 min. Default 240 s (the longest answer a model can make is about 205 s).</summary>
    public TimeSpan PlayoutLimit { get; init; } = TimeSpan.FromSeconds(240);

    /// <summary>After the last words were sent, the time they need to reach the customer's ear, 0 s to 5 s. Default 600 ms.</summary>
    public TimeSpan LastWordsTail { get; init; } = TimeSpan.FromMilliseconds(600);

    /// <summary>Longest wait for the last words once the model ended the call, 1 s to 120 s. Default 20 s.</summary>
    public TimeSpan ClosingTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>A typed conversation without any input is put to rest after this time, 10 s to 1 h. Default 2 min; the next turn wakes it.</summary>
    public TimeSpan TextIdleTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Longest time calls get to end politely when the process stops, 0 s to 60 s. Default 5 s.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest time the end of a call may take (last notices, hang-up, close), 1 s to 60 s. Default 10 s.</summary>
    public TimeSpan TeardownTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Largest SDP offer in bytes, 1000 to 1000000 (<c>BODY_TOO_LARGE</c>). Default 65536.</summary>
    public int MaxOfferBytes { get; init; } = 65_536;

    /// <summary>Answers that failed at the provider are asked for again so often, 0 to 10. Default 2.</summary>
    public int ResponseRetries { get; init; } = 2;

    /// <summary>Throws when a value is outside its range.</summary>
    /// <exception cref="ArgumentException">Names the setting and its range.</exception>
    public void Validate()
    {
        Check(MaxCalls is >= 1 and <= 10_000, nameof(MaxCalls), "1 to 10000");
        CheckSeconds(CapacityRetryAfter, nameof(CapacityRetryAfter), 1, 300);
        CheckSeconds(ProviderConnectTimeout, nameof(ProviderConnectTimeout), 1, 120);
        Check(ProviderBackOff.Count <= 10 && ProviderBackOff.All(wait => wait > TimeSpan.Zero), nameof(ProviderBackOff), "at most 10 positive times");
        CheckSeconds(ProviderConnectBudget, nameof(ProviderConnectBudget), 1, 300);
        Check(ProviderLossLimit is >= 1 and <= 100, nameof(ProviderLossLimit), "1 to 100");
        CheckSeconds(ProviderShortLife, nameof(ProviderShortLife), 0, 60);
        CheckSeconds(ProviderStallTimeout, nameof(ProviderStallTimeout), 2, 120);
        CheckSeconds(ProviderProbeAfter, nameof(ProviderProbeAfter), 2, 300);
        CheckSeconds(RotateBeforeExpiry, nameof(RotateBeforeExpiry), 10, 1800);
        CheckSeconds(TurnSilence, nameof(TurnSilence), 0.2, 3);
        CheckSeconds(TurnAnswerPatience, nameof(TurnAnswerPatience), 0.5, 30);
        CheckSeconds(ToolTimeout, nameof(ToolTimeout), 1, 120);
        Check(MaxPendingTools is >= 1 and <= 256, nameof(MaxPendingTools), "1 to 256");
        Check(MaxPendingInputs is >= 4 and <= 1024, nameof(MaxPendingInputs), "4 to 1024");
        Check(MaxPendingTurns is >= 1 and <= 64, nameof(MaxPendingTurns), "1 to 64");
        Check(MaxPendingNotices is >= 16 and <= 8192, nameof(MaxPendingNotices), "16 to 8192");
        Check(MaxPendingEvents is >= 16 and <= 8192, nameof(MaxPendingEvents), "16 to 8192");
        CheckSeconds(PlayoutLimit, nameof(PlayoutLimit), 10, 600);
        CheckSeconds(LastWordsTail, nameof(LastWordsTail), 0, 5);
        CheckSeconds(ClosingTimeout, nameof(ClosingTimeout), 1, 120);
        CheckSeconds(TextIdleTimeout, nameof(TextIdleTimeout), 10, 3600);
        CheckSeconds(DrainTimeout, nameof(DrainTimeout), 0, 60);
        CheckSeconds(TeardownTimeout, nameof(TeardownTimeout), 1, 60);
        Check(MaxOfferBytes is >= 1_000 and <= 1_000_000, nameof(MaxOfferBytes), "1000 to 1000000");
        Check(ResponseRetries is >= 0 and <= 10, nameof(ResponseRetries), "0 to 10");
    }

    private static void CheckSeconds(TimeSpan value, string setting, double least, double most) =>
        Check(value.TotalSeconds >= least && value.TotalSeconds <= most, setting, $"{least} s to {most} s");

    private static void Check(bool holds, string setting, string range)
    {
        if (!holds)
        {
            throw new ArgumentException($"Setting Calls:{setting} must be {range}.");
        }
    }
}
