namespace VoiceOrdering.Media.Legs;

/// <summary>The two ends of the audio of one call, implemented by whoever talks to the caller (the call bridge).</summary>
/// <remarks>
/// <para><b>Threads.</b> Both methods are called by the pacer thread that owns the leg, never by two threads at once for one leg, and always
/// by the same thread for the leg's whole life: within one tick first <see cref="OnCallerFrame"/>, then <see cref="TryReadPlayout"/>.
/// The same thread serves tens or hundreds of other calls, so both must return within microseconds: no lock that is held for long, no I/O,
/// no waiting, no allocation if it can be avoided. An exception is counted, logged once and treated as "no audio"; it does not end the call.</para>
/// <para><b>When.</b> From <see cref="LegState.Connected"/> (after <see cref="ICallLeg.Start"/>) until <see cref="LegState.Closed"/>. When
/// <c>HangUpAsync</c> or <c>DisposeAsync</c> has completed, no call is running and none will follow.</para>
/// </remarks>
public interface ILegAudio
{
    /// <summary>One 20 ms frame from the caller, after the jitter buffer, in <see cref="ICallLeg.Format"/>.</summary>
    /// <remarks>
    /// Called once each 20 ms without gaps: loss is concealed, a silent line gives silent frames. While a backlog is being worked off, it is
    /// called twice in one tick instead of throwing speech away, so frames may come faster than real time, never more than two a tick.
    /// </remarks>
    /// <param name="frame">Exactly <c>Format.BytesPerFrame</c> bytes; valid only during the call.</param>
    /// <param name="info">What the frame is.</param>
    void OnCallerFrame(ReadOnlySpan<byte> frame, in CallerFrame info);

    /// <summary>Asks for the next 20 ms to be played to the caller, in <see cref="ICallLeg.Format"/>.</summary>
    /// <remarks>
    /// Called once each 20 ms. A frame for which this returns true is encoded and sent at once: nothing is buffered behind it, so what has been
    /// returned is what has been played (plus network and the caller's own buffer), and barge-in stops within one frame.
    /// </remarks>
    /// <param name="frame">Exactly <c>Format.BytesPerFrame</c> bytes to fill completely.</param>
    /// <returns>False when there is nothing to play: silence is sent and <paramref name="frame"/> is ignored.</returns>
    bool TryReadPlayout(Span<byte> frame);
}
