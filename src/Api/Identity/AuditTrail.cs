using System.Net;
using System.Net.Sockets;
using VoiceOrdering.Silo.Audit;

namespace VoiceOrdering.Api.Identity;

/// <summary>Adds what people do over HTTP to the audit.</summary>
internal sealed class AuditTrail(IAuditLog log)
{
    /// <summary>A change that the request's caller made at its own restaurant, or an operator on the platform.</summary>
    public Task AddAsync(HttpContext http, string action, string target, string detail = "") => log.AddAsync(Entry(http, http.User.FindRestaurant() ?? "", action, target, detail), CancellationToken.None);

    /// <summary>A change that concerns another restaurant than the caller's, or somebody who is just coming in.</summary>
    public Task AddAsync(HttpContext http, AuditEntry entry) => log.AddAsync(entry with { Detail = With(entry.Detail, http) }, CancellationToken.None);

    /// <summary>The row of a change that is stored in one transaction with it.</summary>
    public static AuditEntry Entry(HttpContext http, string restaurant, string action, string target, string detail = "") =>
        new(restaurant, http.User.FindSubject() ?? "", action, target, With(detail, http));

    /// <summary>Where the request comes from, masked.</summary>
    public static string From(HttpContext http) => Masked(http.Connection.RemoteIpAddress);

    private static string With(string detail, HttpContext http) => $"{detail}{(detail.Length > 0 ? "; " : "")}from {From(http)}";

    /// <summary>Enough of an address to tell networks apart, too little to find a person: /24 of IPv4, /48 of IPv6.</summary>
    internal static string Masked(IPAddress? address)
    {
        if (address is null)
        {
            return "unknown";
        }

        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bytes = address.GetAddressBytes();
        var keep = address.AddressFamily == AddressFamily.InterNetwork ? 3 : 6;
        Array.Clear(bytes, keep, bytes.Length - keep);
        return new IPAddress(bytes) + (keep == 3 ? "/24" : "/48");
    }
}
