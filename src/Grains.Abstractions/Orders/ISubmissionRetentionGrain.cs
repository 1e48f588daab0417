namespace VoiceOrdering.Orders;

/// <summary>Forgets results of idempotency keys and delivered events when their time is over, by a reminder that survives restarts. Key: <see cref="Key"/>.</summary>
[Alias("vo.ISubmissionRetentionGrain")]
public interface ISubmissionRetentionGrain : IGrainWithStringKey
{
    /// <summary>The only one.</summary>
    const string Key = "submissions";

    /// <summary>Makes sure that the reminder is there; called at every start.</summary>
    [Alias("Ensure")] Task EnsureAsync();
}
