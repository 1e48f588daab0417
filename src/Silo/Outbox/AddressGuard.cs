using System.Net;
using System.Net.Sockets;

namespace VoiceOrdering.Silo.Outbox;

/// <summary>
/// Keeps webhooks away from where a stranger's URL must not lead (server-side request forgery): this machine, private and link-local networks, and anything without
/// TLS. The name is resolved here and the connection goes to the address that was judged, so that a name cannot answer differently the second time.
/// </summary>
internal sealed class AddressGuard(OutboxSettings settings)
{
    private const int LongestUrl = 500;

    /// <summary>Why a URL cannot be a webhook, or null.</summary>
    public string? Judge(string url)
    {
        if (url.Length > LongestUrl || !Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http"))
        {
            return $"The url must be an absolute https address of at most {LongestUrl} characters.";
        }

        if (address.UserInfo.Length > 0 || address.Fragment.Length > 0)
        {
            return "The url must not contain credentials or a fragment.";
        }

        if (settings.AllowPrivateAddresses)
        {
            return null;
        }

        if (address.Scheme != "https")
        {
            return "The url must be https.";
        }

        return address.IsLoopback || (IPAddress.TryParse(address.DnsSafeHost, out var ip) && !IsPublic(ip)) ? "The url must not lead to this machine or to a private network." : null;
    }

    /// <summary>Connects to the first address of the host that is allowed.</summary>
    /// <exception cref="HttpRequestException">None is.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var host = context.DnsEndPoint.Host;
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellationToken);
        var allowed = addresses.Where(address => settings.AllowPrivateAddresses || IsPublic(address)).ToArray();
        if (allowed.Length == 0)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, "the address is not allowed");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Whether an address is one of the public internet (IANA special-purpose registries for IPv4 and IPv6).</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        var bytes = address.GetAddressBytes();
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return (bytes[0], bytes[1]) switch
            {
                (0 or 10 or 127, _) => false,
                (100, >= 64 and <= 127) => false,
                (169, 254) => false,
                (172, >= 16 and <= 31) => false,
                (192, 168) => false,
                (192, 0) when bytes[2] is 0 or 2 => false,
                (198, 18 or 19) => false,
                (198, 51) when bytes[2] == 100 => false,
                (203, 0) when bytes[2] == 113 => false,
                ( >= 224, _) => false,
                _ => true,
            };
        }

        // Global unicast is 2000::/3; 2001:db8::/32 is for documents, 2002::/16 and 64:ff9b::/96 hide IPv4 addresses.
        return (bytes[0] & 0xE0) == 0x20 && !(bytes[0] == 0x20 && bytes[1] == 0x02) && !(bytes[0] == 0x20 && bytes[1] == 0x01 && ((bytes[2] == 0x0D && bytes[3] == 0xB8) || (bytes[2] == 0 && bytes[3] == 0)));
    }
}
