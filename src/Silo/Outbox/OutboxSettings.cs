namespace VoiceOrdering.Silo.Outbox;

/// <summary>How order events are sent; checked as a whole before anything starts.</summary>
public sealed record OutboxSettings
{
    /// <summary>Time for one attempt, 1–60 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);
    /// <summary>Attempts at one destination at the same time, 1–64.</summary>
    public int PerDestination { get; init; } = 4;
    /// <summary>Attempts at all destinations at the same time, 1–1,000.</summary>
    public int AtOnce { get; init; } = 64;
    /// <summary>Pause after the first failure, 100 ms–1 min; doubles with each further one.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromSeconds(1);
    /// <summary>Longest pause, 1 s–1 h.</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromMinutes(5);
    /// <summary>Age after which a delivery that never succeeded is given up, 1 min–30 days.</summary>
    public TimeSpan DeadAfter { get; init; } = TimeSpan.FromHours(24);
    /// <summary>Failures in a row after which a destination is only probed, 1–100.</summary>
    public int FailuresToPause { get; init; } = 5;
    /// <summary>Destinations of one restaurant, 1–100 (<c>DESTINATIONS_EXHAUSTED</c>).</summary>
    public int DestinationsPerRestaurant { get; init; } = 5;
    /// <summary>How long a replaced secret still signs, 1 min–7 days.</summary>
    public TimeSpan SecretOverlap { get; init; } = TimeSpan.FromHours(24);
    /// <summary>Whether webhooks may go to this machine and to private networks, and without TLS. Off in production: a URL is somebody else's input.</summary>
    public bool AllowPrivateAddresses { get; init; }
    /// <summary>Base address of the Telegram Bot API.</summary>
    public Uri TelegramAddress { get; init; } = new("https://api.telegram.org");
    /// <summary>Token of the bot; null when there is none.</summary>
    public string? TelegramToken { get; init; }
    /// <summary>Messages to one chat in a minute, 1–60; Telegram takes 20 of a group (core.telegram.org/bots/faq).</summary>
    public int TelegramPerMinute { get; init; } = 20;

    /// <summary>One sentence for each value out of range; empty when all is well.</summary>
    public IEnumerable<string> Faults()
    {
        (string Name, double Value, double Low, double High)[] ranges =
        [
            ($"{nameof(Timeout)} in s", Timeout.TotalSeconds, 1, 60), (nameof(PerDestination), PerDestination, 1, 64), (nameof(AtOnce), AtOnce, 1, 1_000),
            ($"{nameof(FirstRetry)} in s", FirstRetry.TotalSeconds, 0.1, 60), ($"{nameof(LongestRetry)} in s", LongestRetry.TotalSeconds, 1, 3_600),
            ($"{nameof(DeadAfter)} in min", DeadAfter.TotalMinutes, 1, 43_200), (nameof(FailuresToPause), FailuresToPause, 1, 100),
            (nameof(DestinationsPerRestaurant), DestinationsPerRestaurant, 1, 100), ($"{nameof(SecretOverlap)} in min", SecretOverlap.TotalMinutes, 1, 10_080),
            (nameof(TelegramPerMinute), TelegramPerMinute, 1, 60),
        ];
        if (!TelegramAddress.IsAbsoluteUri || TelegramAddress.Scheme is not ("https" or "http"))
        {
            yield return $"Outbox setting {nameof(TelegramAddress)} is {TelegramAddress}; it must be an absolute http or https address.";
        }

        foreach (var (name, value, low, high) in ranges)
        {
            if (value < low || value > high)
            {
                yield return $"Outbox setting {name} is {value}; it must be between {low} and {high}.";
            }
        }
    }
}
