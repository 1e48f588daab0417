namespace VoiceOrdering.Media.WebRtc;

/// <summary>How the receive thread and the pacers are scheduled. Without the privilege for a wish (root or CAP_SYS_NICE) the next lower one is taken.</summary>
public enum MediaThreadPriority
{
    /// <summary>Like every other thread.</summary>
    Normal,

    /// <summary>Preferred among the threads of this process (nice -11).</summary>
    High,

    /// <summary>Before everything that is not real-time (SCHED_RR at its lowest priority). What is behind a leg must be as quick as its contract asks.</summary>
    Realtime,
}
