using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace VoiceOrdering.Media.Transport;

/// <summary>The one UDP socket of a server. Sending is thread-safe and does not allocate.</summary>
internal sealed class UdpEndpoint : IDisposable
{
    private readonly Socket _socket;
    private long _sendFailures;

    private UdpEndpoint(Socket socket)
    {
        _socket = socket;
        Local = (IPEndPoint)socket.LocalEndPoint!;
    }

    public IPEndPoint Local { get; }

    public AddressFamily Family => _socket.AddressFamily;

    public long SendFailures => Volatile.Read(ref _sendFailures);

    /// <summary>Binds the first free port of the range.</summary>
    /// <exception cref="SocketException">None is free, or the address is not ours.</exception>
    public static UdpEndpoint Bind(IPAddress address, int portFirst, int portLast, int bufferBytes)
    {
        for (int port = portFirst; ; port++)
        {
            Socket socket = new(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            try
            {
                if (address.Equals(IPAddress.IPv6Any))
                {
                    socket.DualMode = true;
                }

                socket.ReceiveBufferSize = bufferBytes;
                socket.SendBufferSize = bufferBytes;
                socket.Bind(new IPEndPoint(address, port));
                return new UdpEndpoint(socket);
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse && portFirst != 0 && port < portLast)
            {
                socket.Dispose();
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }

    /// <summary>Blocks until a datagram comes; throws when the socket is closed.</summary>
    public int Receive(Span<byte> buffer, SocketAddress from)
    {
        from.Size = SocketAddress.GetMaximumAddressSize(Family);
        return _socket.ReceiveFrom(buffer, SocketFlags.None, from);
    }

    /// <summary>Sends a datagram; a full buffer or an unreachable network is counted, not thrown: UDP may lose.</summary>
    public void Send(ReadOnlySpan<byte> datagram, SocketAddress to)
    {
        try
        {
            _socket.SendTo(datagram, SocketFlags.None, to);
        }
        catch (SocketException)
        {
            Interlocked.Increment(ref _sendFailures);
        }
        catch (ObjectDisposedException)
        {
            Interlocked.Increment(ref _sendFailures);
        }
    }

    /// <summary>The address as STUN reports it: IPv4 in its own form also on a dual-mode socket.</summary>
    public IPEndPoint ToEndPoint(SocketAddress address)
    {
        IPEndPoint template = Family == AddressFamily.InterNetwork ? new IPEndPoint(IPAddress.Any, 0) : new IPEndPoint(IPAddress.IPv6Any, 0);
        IPEndPoint endPoint = (IPEndPoint)template.Create(address);
        return endPoint.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(endPoint.Address.MapToIPv4(), endPoint.Port) : endPoint;
    }

    /// <summary>What callers can be told to send to.</summary>
    public IReadOnlyList<IPEndPoint> Candidates(IReadOnlyList<IPAddress> advertised)
    {
        IEnumerable<IPAddress> addresses = advertised.Count > 0 ? advertised
            : Local.Address.Equals(IPAddress.Any) || Local.Address.Equals(IPAddress.IPv6Any) ? InterfaceAddresses()
            : [Local.Address];
        IPEndPoint[] candidates = [.. addresses.Select(a => new IPEndPoint(a, Local.Port))];
        return candidates.Length > 0 ? candidates : [new IPEndPoint(IPAddress.Loopback, Local.Port)];
    }

    public void Dispose() => _socket.Dispose();

    // Loopback last: it is right only for a browser on this machine.
    private IEnumerable<IPAddress> InterfaceAddresses() =>
        from network in NetworkInterface.GetAllNetworkInterfaces()
        where network.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown
        from information in network.GetIPProperties().UnicastAddresses
        let address = information.Address
        where !address.IsIPv6LinkLocal && (address.AddressFamily == AddressFamily.InterNetwork || Family == AddressFamily.InterNetworkV6)
        orderby IPAddress.IsLoopback(address), address.AddressFamily == AddressFamily.InterNetworkV6
        select address;
}
