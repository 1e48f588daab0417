using VoiceOrdering.Media.Audio;

namespace VoiceOrdering.Media.Legs;

/// <summary>The caller's side of one live call whose audio passes through this process, whatever carries it (browser WebRTC, SIP/RTP).</summary>
/// <remarks>
/// All members are thread-safe. The events of one leg are raised one after the other on a thread-pool thread, never on a media thread, each at
/// most once per occurrence; <see cref="Connected"/> and <see cref="Lost"/> at most once per leg. A handler must not wait for the leg.
/// Subscribe before <see cref="Start"/>: events are held back until then, none is lost.
/// </remarks>
public interface ICallLeg : IAsyncDisposable
{
    /// <summary>Unique in the process; safe in logs and URLs.</summary>
    string LegId { get; }

    /// <summary>
    /// What crosses the border to <see cref="ILegAudio"/>, fixed for the leg's life. G.711 when the caller negotiated G.711 (payloads pass untouched),
    /// <see cref="AudioFormat.Pcm24k"/> when Opus was negotiated (the leg decodes and encodes).
    /// </summary>
    AudioFormat Format { get; }

    /// <summary>The present state.</summary>
    LegState State { get; }

    /// <summary>Media is flowing both ways. Raised once.</summary>
    event Action? Connected;

    /// <summary>The leg ended without our side ending it. Raised at most once and never after <see cref="HangUpAsync"/> has completed; <see cref="State"/> is already <see cref="LegState.Closed"/>.</summary>
    event Action<LegLossReason>? Lost;

    /// <summary>The caller pressed a key: 0-9, *, #, A-D. Once per press, at its beginning (RFC 4733).</summary>
    event Action<char>? DtmfReceived;

    /// <summary>Attaches the audio; to be called once, before the answer is given to the caller.</summary>
    /// <exception cref="InvalidOperationException">Called twice.</exception>
    void Start(ILegAudio audio);

    /// <summary>A consistent snapshot; cheap, may be called at any time, also after the end.</summary>
    LegStats GetStats();

    /// <summary>Ends the call towards the caller (RTCP BYE and DTLS close_notify, or SIP BYE). Idempotent. When it completes, <see cref="ILegAudio"/> is called no more.</summary>
    Task HangUpAsync(LegEndReason reason);
}
