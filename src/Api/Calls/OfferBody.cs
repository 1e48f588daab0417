using System.Text;
using VoiceOrdering.Api.Problems;

namespace VoiceOrdering.Api.Calls;

/// <summary>Reads an SDP offer from a request: right type, right size, UTF-8.</summary>
internal static class OfferBody
{
    /// <summary>Media type of SDP (RFC 8866 section 8.2.1).</summary>
    public const string MediaType = "application/sdp";

    /// <summary>The offer, or the problem that keeps it from being one.</summary>
    public static async Task<(string? Offer, ApiProblem? Problem)> ReadAsync(HttpRequest request, int maxBytes)
    {
        string type = request.ContentType?.Split(';', 2)[0].Trim() ?? "";
        if (!type.Equals(MediaType, StringComparison.OrdinalIgnoreCase))
        {
            return (null, new ApiProblem(415, "MEDIA_TYPE_UNSUPPORTED", $"The offer must be sent as {MediaType}."));
        }

        byte[] buffer = new byte[maxBytes + 1];
        int length = 0;
        int read;
        while (length <= maxBytes && (read = await request.Body.ReadAsync(buffer.AsMemory(length), request.HttpContext.RequestAborted)) > 0)
        {
            length += read;
        }

        return length switch
        {
            0 => (null, new ApiProblem(400, "SDP_INVALID", "The offer is empty.")),
            _ when length > maxBytes => (null, new ApiProblem(413, "BODY_TOO_LARGE", $"The offer is larger than {maxBytes} bytes.").With("limitBytes", maxBytes)),
            _ => (Encoding.UTF8.GetString(buffer, 0, length), null),
        };
    }
}
