namespace VoiceOrdering.Media.Legs;

/// <summary>What the bytes of a caller frame really are.</summary>
public enum CallerFrameKind
{
    /// <summary>Audio as the caller sent it.</summary>
    Speech,

    /// <summary>A packet was missing; the frame was rebuilt from redundancy (Opus FEC): real audio at lower quality.</summary>
    Recovered,

    /// <summary>A packet was missing; the frame is made up by loss concealment.</summary>
    Concealed,

    /// <summary>Nothing has arrived for a while (or a key tone is being sent); the frame is digital silence.</summary>
    Silence,
}

/// <summary>Facts about one frame given to <see cref="ILegAudio.OnCallerFrame"/>.</summary>
/// <param name="Kind">Whether the audio is the caller's or made up.</param>
/// <param name="FrameIndex">Counts up by one for each frame of the leg, from 0; frame n begins at n * 20 ms of the caller's audio.</param>
/// <param name="BufferedMs">Audio that still waits in the jitter buffer behind this frame.</param>
/// <param name="ReceivedTimestamp">
/// <see cref="TimeProvider.GetTimestamp"/> of the datagram's arrival; 0 when <paramref name="Kind"/> is not <see cref="CallerFrameKind.Speech"/>.
/// </param>
public readonly record struct CallerFrame(CallerFrameKind Kind, long FrameIndex, int BufferedMs, long ReceivedTimestamp)
{
    /// <summary>True when no audio of the caller is in the frame.</summary>
    public bool IsMadeUp => Kind is CallerFrameKind.Concealed or CallerFrameKind.Silence;
}
