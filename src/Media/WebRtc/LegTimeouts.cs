using VoiceOrdering.Media.Legs;

namespace VoiceOrdering.Media.WebRtc;

/// <summary>When a connected leg counts as lost. Pure.</summary>
internal static class LegTimeouts
{
    // A source may say goodbye and come back (another microphone); only silence after it means the caller left.
    private static readonly TimeSpan s_byeGrace = TimeSpan.FromSeconds(2);

    /// <summary>The reason, or null while the leg lives. Times are timestamps of the host's clock, 0 for never.</summary>
    public static LegLossReason? Judge(MediaHost host, long consentAt, long connectedAt, long byeAt, long now)
    {
        if (byeAt != 0 && host.Time.GetElapsedTime(byeAt, now) > s_byeGrace)
        {
            return LegLossReason.CallerHungUp;
        }

        return host.Time.GetElapsedTime(Math.Max(consentAt, connectedAt), now) > host.Options.ConsentTimeout ? LegLossReason.Silent : null;
    }
}
