using VoiceOrdering.Media.Legs;
using VoiceOrdering.Realtime;

namespace VoiceOrdering.Api.Calls;

/// <summary>
/// The data plane of a call: caller frames go straight to the provider session in force, playout comes from the buffer.
/// Both run on the media thread and take no part in the bridge's loop. Nothing is transcoded: leg and session use one format.
/// </summary>
internal sealed class BridgeAudio(PlayoutBuffer playout) : ILegAudio
{
    private volatile Uplink? _uplink;
    private long _frames;
    private long _framesWithoutProvider;
    private long _framesRefused;

    /// <summary>Frames of the caller since the leg connected.</summary>
    public long Frames => Interlocked.Read(ref _frames);

    /// <summary>Frames thrown away because no provider session was up.</summary>
    public long FramesWithoutProvider => Interlocked.Read(ref _framesWithoutProvider);

    /// <summary>Frames the provider session had no room for.</summary>
    public long FramesRefused => Interlocked.Read(ref _framesRefused);

    /// <summary>Milliseconds of caller audio given to the provider session in force; the provider counts its times from there.</summary>
    public double AppendedMs => _uplink is { } uplink ? (double)Interlocked.Read(ref uplink.AppendedBytes) / playout.Format.BytesPerMs : 0;

    /// <summary>From now on the caller's audio goes to this session; null: nowhere.</summary>
    public void Send(IRealtimeSession? session) => _uplink = session is null ? null : new Uplink(session);

    /// <inheritdoc/>
    public void OnCallerFrame(ReadOnlySpan<byte> frame, in CallerFrame info)
    {
        _frames++;
        Uplink? uplink = _uplink;
        if (uplink is null)
        {
            _framesWithoutProvider++;
        }
        else if (uplink.Session.AppendAudio(frame))
        {
            Interlocked.Add(ref uplink.AppendedBytes, frame.Length);
        }
        else
        {
            _framesRefused++;
        }
    }

    /// <inheritdoc/>
    public bool TryReadPlayout(Span<byte> frame) => playout.TryRead(frame);

    private sealed class Uplink(IRealtimeSession session)
    {
        public long AppendedBytes;

        public IRealtimeSession Session { get; } = session;
    }
}
