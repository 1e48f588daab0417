using System.Net;
using VoiceOrdering.Media.Transport;

namespace VoiceOrdering.Media.WebRtc;

/// <summary>What exists between start and disposal of a server: the port and the threads.</summary>
internal sealed class WebRtcRuntime : IDisposable
{
    private readonly Pacer[] _pacers;
    private readonly DatagramLoop _receiving;
    private volatile bool _isStopping;

    /// <exception cref="System.Net.Sockets.SocketException">No port of the range is free.</exception>
    public WebRtcRuntime(MediaFoundation foundation)
    {
        WebRtcServerOptions options = foundation.Options;
        UdpEndpoint endpoint = UdpEndpoint.Bind(options.BindAddress, options.PortFirst, options.PortLast, options.SocketBufferBytes);
        Host = new MediaHost(foundation, endpoint);
        Candidates = endpoint.Candidates(options.AdvertisedAddresses);
        PacerCounters counters = new(foundation.Metrics.PacerLatenessMs, foundation.Time.TimestampFrequency);
        _pacers = [.. Enumerable.Range(0, options.PacerCount).Select(i => new Pacer(foundation.Time, counters, options.ThreadPriority, i))];
        Housekeeping = new Housekeeping(Host);
        _receiving = new DatagramLoop(Host);
    }

    public MediaHost Host { get; }

    public Housekeeping Housekeeping { get; }

    public IReadOnlyList<IPEndPoint> Candidates { get; }

    /// <summary>Legs that begin from now on must end at once.</summary>
    public bool IsStopping => _isStopping;

    public Pacer LeastLoaded() => _pacers.MinBy(p => p.Count)!;

    public void Stop() => _isStopping = true;

    public void Dispose()
    {
        Housekeeping.Dispose();
        Host.Endpoint.Dispose();
        _receiving.Dispose();
        foreach (Pacer pacer in _pacers)
        {
            pacer.Dispose();
        }

        Host.Dtls.Dispose();
    }
}
