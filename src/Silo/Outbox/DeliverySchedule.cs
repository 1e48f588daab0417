namespace VoiceOrdering.Silo.Outbox;

/// <summary>What comes after a failed attempt; pure.</summary>
internal static class DeliverySchedule
{
    /// <summary>The pause after the given number of failures: 1, 2, 4 … times the first one up to the longest, then shortened by up to a fifth, so that many do not come back at once.</summary>
    /// <param name="settings">First and longest pause.</param>
    /// <param name="failures">1 or more.</param>
    /// <param name="jitter">0 to 1.</param>
    public static TimeSpan PauseAfter(OutboxSettings settings, int failures, double jitter)
    {
        var doubled = settings.FirstRetry.TotalSeconds * Math.Pow(2, Math.Clamp(failures - 1, 0, 30));
        var pause = Math.Min(doubled, settings.LongestRetry.TotalSeconds);
        return TimeSpan.FromSeconds(pause * (1 - (0.2 * jitter)));
    }

    /// <summary>What becomes of the delivery.</summary>
    public static DeliveryStep After(OutboxSettings settings, OutboxDelivery delivery, SendResult result, DateTimeOffset now, double jitter)
    {
        if (result.Outcome == SendOutcome.Delivered)
        {
            return new DeliveryStep(DeliveryState.Delivered, now);
        }

        var pause = PauseAfter(settings, delivery.Attempts + 1, jitter);
        var nextAt = now + (result.RetryAfter > pause ? result.RetryAfter.Value : pause);
        return result.Outcome == SendOutcome.Refused || nextAt - delivery.CreatedAt > settings.DeadAfter
            ? new DeliveryStep(DeliveryState.Dead, now)
            : new DeliveryStep(DeliveryState.Pending, nextAt);
    }
}

/// <summary>What becomes of a delivery after an attempt.</summary>
/// <param name="State">Its new state.</param>
/// <param name="At">When it was settled, or when it is tried next; UTC.</param>
internal readonly record struct DeliveryStep(DeliveryState State, DateTimeOffset At);

/// <summary>How an attempt ended.</summary>
internal enum SendOutcome
{
    /// <summary>The receiver has it.</summary>
    Delivered,
    /// <summary>It may work later: no connection, a time-out, 408, 425, 429 or a 5xx.</summary>
    Failed,
    /// <summary>It will not work as it is: any other answer.</summary>
    Refused,
}

/// <summary>The end of an attempt.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Error">Why it failed, without personal data; empty when delivered.</param>
/// <param name="RetryAfter">When the receiver asked for a pause.</param>
internal readonly record struct SendResult(SendOutcome Outcome, string Error, TimeSpan? RetryAfter)
{
    public static SendResult Delivered { get; } = new(SendOutcome.Delivered, "", null);

    public static SendResult Failed(string error, TimeSpan? retryAfter = null) => new(SendOutcome.Failed, error, retryAfter);

    public static SendResult Refused(string error) => new(SendOutcome.Refused, error, null);
}
