namespace Orleans.Configuration;

/// <summary>Options of stream delivery.</summary>
public class StreamPullingAgentOptions
{
    /// <summary>The most items delivered together to a batch observer.</summary>
    public int BatchContainerBatchSize { get; set; } = 100;

    /// <summary>How long an item is delivered again and again before it is given up; 1 min by default.</summary>
    public TimeSpan MaxEventDeliveryTime { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a stream without items stays in memory; 30 min by default.</summary>
    public TimeSpan StreamInactivityPeriod { get; set; } = TimeSpan.FromMinutes(30);
}
