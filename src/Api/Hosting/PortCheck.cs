using System.Net;
using System.Net.Sockets;

namespace VoiceOrdering.Api.Hosting;

/// <summary>Finds out before anything starts whether the ports are free, so that an occupied one is one clear line.</summary>
internal static class PortCheck
{
    /// <exception cref="SettingException">A port is taken or may not be used.</exception>
    public static void Run(ApiSettings settings)
    {
        Check(settings.Bind ?? IPAddress.Loopback, settings.Port, SocketType.Stream, ProtocolType.Tcp, "--port");
        Check(IPAddress.Any, settings.UdpPort, SocketType.Dgram, ProtocolType.Udp, "--udp-port");
    }

    private static void Check(IPAddress address, int port, SocketType type, ProtocolType protocol, string option)
    {
        if (port == 0)
        {
            return;
        }

        using var socket = new Socket(address.AddressFamily, type, protocol);
        try
        {
            // As Kestrel does: a port in TIME_WAIT is free, one somebody listens on is not.
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, type == SocketType.Stream);
            socket.Bind(new IPEndPoint(address, port));
        }
        catch (SocketException refused)
        {
            throw new SettingException(refused.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => $"{protocol.ToString().ToLowerInvariant()} port {port} is in use by another program; choose another with {option}",
                SocketError.AccessDenied => $"{protocol.ToString().ToLowerInvariant()} port {port} may not be used by this user; choose one above 1023 with {option}",
                SocketError.AddressNotAvailable => $"the address {address} (VO_BIND) is not one of this machine",
                _ => $"{protocol.ToString().ToLowerInvariant()} port {port} cannot be used ({refused.SocketErrorCode}); choose another with {option}",
            });
        }
    }
}
