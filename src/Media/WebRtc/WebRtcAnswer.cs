using VoiceOrdering.Media.Legs;

namespace VoiceOrdering.Media.WebRtc;

/// <summary>What became of an offer: accepted, or one of the refusals. A closed set.</summary>
public abstract record WebRtcAnswer
{
    private WebRtcAnswer()
    {
    }

    /// <summary>Stable code, UPPER_SNAKE; <c>OK</c> when accepted.</summary>
    public abstract string Code { get; }

    /// <summary>One sentence for the person or program that made the offer.</summary>
    public abstract string Sentence { get; }

    /// <summary>The offer is answered and the session waits for the caller's first packet.</summary>
    /// <param name="AnswerSdp">Complete answer with candidates; no trickle follows.</param>
    /// <param name="Leg">The leg; on an ICE restart the one that already lives. Start it before the answer is sent.</param>
    public sealed record Accepted(string AnswerSdp, ICallLeg Leg) : WebRtcAnswer
    {
        /// <inheritdoc/>
        public override string Code => "OK";

        /// <inheritdoc/>
        public override string Sentence => "The offer is answered.";
    }

    /// <summary>The offer is not an SDP this server can use.</summary>
    /// <param name="Reason">What is wrong, without quoting the offer.</param>
    public sealed record SdpInvalid(string Reason) : WebRtcAnswer
    {
        /// <inheritdoc/>
        public override string Code => "SDP_INVALID";

        /// <inheritdoc/>
        public override string Sentence => "The offer cannot be used: " + Reason;
    }

    /// <summary>The offer has audio, but no codec both sides allow.</summary>
    public sealed record NoCommonCodec : WebRtcAnswer
    {
        /// <inheritdoc/>
        public override string Code => "NO_COMMON_CODEC";

        /// <inheritdoc/>
        public override string Sentence => "The offer has none of the audio codecs of this server.";
    }

    /// <summary>All sessions are taken; trying again later may help.</summary>
    /// <param name="Limit">The setting <see cref="WebRtcServerOptions.MaxSessions"/>.</param>
    public sealed record AtCapacity(int Limit) : WebRtcAnswer
    {
        /// <inheritdoc/>
        public override string Code => "MEDIA_AT_CAPACITY";

        /// <inheritdoc/>
        public override string Sentence => "All voice lines are taken. Please try again in a moment.";
    }

    /// <summary>The leg to restart is not here (any more).</summary>
    public sealed record LegUnknown : WebRtcAnswer
    {
        /// <inheritdoc/>
        public override string Code => "LEG_UNKNOWN";

        /// <inheritdoc/>
        public override string Sentence => "There is no such call on this server. Start a new one.";
    }
}
