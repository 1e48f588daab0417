namespace VoiceOrdering.Api.Events;

/// <summary>What feeds need besides their source.</summary>
/// <param name="Clock">The clock.</param>
/// <param name="Renewal">How often a subscription is renewed; well inside the grains' lease.</param>
/// <param name="Logger">For faults.</param>
internal sealed record FeedTiming(TimeProvider Clock, TimeSpan Renewal, ILogger Logger);
