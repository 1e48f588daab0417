namespace VoiceOrdering.Realtime.Simulator.Hosting;

/// <summary>Finds the key of a request: a bearer header, or for browsers, which cannot set one on a socket, a sub-protocol.</summary>
internal static class Bearer
{
    private const string HeaderPrefix = "Bearer ";
    private const string ProtocolPrefix = "openai-insecure-api-key.";

    public static string? KeyOf(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (header.StartsWith(HeaderPrefix, StringComparison.OrdinalIgnoreCase))
        {
            return header[HeaderPrefix.Length..].Trim();
        }

        return request.HttpContext.WebSockets.WebSocketRequestedProtocols
            .FirstOrDefault(name => name.StartsWith(ProtocolPrefix, StringComparison.Ordinal))?[ProtocolPrefix.Length..];
    }
}
