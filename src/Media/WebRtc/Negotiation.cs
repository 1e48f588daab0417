using System.Security.Cryptography;
using VoiceOrdering.Media.Ice;
using VoiceOrdering.Media.Legs;

namespace VoiceOrdering.Media.WebRtc;

/// <summary>Turns offers into answers and legs, or into the refusal that fits.</summary>
internal sealed class Negotiation(WebRtcRuntime runtime, bool isOpusAvailable)
{
    private const int MaxLegIdChars = 64;
    private readonly WebRtcServerOptions _options = runtime.Host.Options;
    private readonly SessionTable _table = runtime.Host.Table;

    public WebRtcAnswer Answer(string offerSdp, WebRtcAnswerOptions options)
    {
        string legId = options.LegId ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        if (legId.Length is 0 or > MaxLegIdChars || !legId.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
        {
            throw new ArgumentException("A leg id has 1 to 64 characters of [A-Za-z0-9_-].", nameof(options));
        }

        if (ParseOffer(offerSdp, out string reason) is not { } offer)
        {
            return new WebRtcAnswer.SdpInvalid(reason);
        }

        if (NegotiatedCodec.Choose(offer.Audio, Allowed(options.Codecs)) is not { } codec)
        {
            return new WebRtcAnswer.NoCommonCodec();
        }

        return _table.TryReserve() ? Admit(offer, codec, legId) : new WebRtcAnswer.AtCapacity(_options.MaxSessions);
    }

    public WebRtcAnswer Restart(string legId, string offerSdp)
    {
        if (_table.Find(legId) is not { } leg)
        {
            return new WebRtcAnswer.LegUnknown();
        }

        if (ParseOffer(offerSdp, out string reason) is not { } offer)
        {
            return new WebRtcAnswer.SdpInvalid(reason);
        }

        if (!offer.Fingerprint.Matches(leg.Plan.PeerFingerprint))
        {
            return new WebRtcAnswer.SdpInvalid("the certificate is another one; start a new call.");
        }

        NegotiatedCodec? codec = NegotiatedCodec.Choose(offer.Audio, leg.Plan.Codec.Codec);
        if (codec is null || codec.PayloadType != leg.Plan.Codec.PayloadType)
        {
            return new WebRtcAnswer.NoCommonCodec();
        }

        return Renew(leg, offer);
    }

    private WebRtcAnswer Renew(WebRtcLeg leg, SdpOffer offer)
    {
        IceCredentials local = IceCredentials.Create();
        _table.AddUserFragment(local.UserFragment, leg);
        if (leg.Ice.Restart(new IceGeneration(local, offer.Remote)) is { } abandoned)
        {
            _table.RemoveUserFragment(abandoned);
        }

        if (leg.State == LegState.Closed)
        {
            // The end may have cleared the table before the fragment was in it.
            _table.RemoveUserFragment(local.UserFragment);
            return new WebRtcAnswer.LegUnknown();
        }

        return new WebRtcAnswer.Accepted(Write(offer, leg.Plan, local, leg.NextAnswerVersion()), leg);
    }

    private WebRtcAnswer.Accepted Admit(SdpOffer offer, NegotiatedCodec codec, string legId)
    {
        try
        {
            IceCredentials local = IceCredentials.Create();
            WebRtcLegPlan plan = new()
            {
                LegId = legId,
                Codec = codec,
                Ice = new IceGeneration(local, offer.Remote),
                PeerFingerprint = offer.Fingerprint,
                Ssrc = (uint)RandomNumberGenerator.GetInt32(1, int.MaxValue),
                CanonicalName = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)),
            };
            WebRtcLeg leg = new(runtime.Host, runtime.LeastLoaded(), plan);
            if (!_table.Add(leg))
            {
                throw new InvalidOperationException($"There is a live leg with the id {legId} already.");
            }

            // In the table before the answer leaves: the browser's first check may overtake it.
            _table.AddUserFragment(local.UserFragment, leg);
            runtime.Housekeeping.Wake();
            if (runtime.IsStopping)
            {
                // The server stopped meanwhile and may have missed this leg.
                _ = leg.LoseAsync(LegLossReason.ServerStopping);
            }

            return new WebRtcAnswer.Accepted(Write(offer, plan, local, 1), leg);
        }
        catch
        {
            _table.Release();
            throw;
        }
    }

    private SdpOffer? ParseOffer(string offerSdp, out string reason)
    {
        if (offerSdp.Length > _options.MaxOfferChars)
        {
            reason = $"it is longer than {_options.MaxOfferChars} characters.";
            return null;
        }

        return SdpOffer.Parse(offerSdp, out reason);
    }

    private AudioCodecs Allowed(AudioCodecs wanted) => wanted & (isOpusAvailable ? _options.Codecs : _options.Codecs & ~AudioCodecs.Opus);

    private string Write(SdpOffer offer, WebRtcLegPlan plan, IceCredentials local, int version) => new SdpAnswer
    {
        Offer = offer,
        Codec = plan.Codec,
        Local = local,
        Fingerprint = runtime.Host.Dtls.Fingerprint,
        Candidates = runtime.Candidates,
        Ssrc = plan.Ssrc,
        CanonicalName = plan.CanonicalName,
        Version = version,
    }.ToString();
}
